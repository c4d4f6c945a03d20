"""What a submission may not do, and what holds it: Landlock, seccomp, limits, reaping, a scratch folder."""
