"""Production, simulated for real on this machine: a service in a child process, clients, a bad upstream, an attacker.

    python -m course_lib production exercises/10_capstone

What is real: the process and its limits, the server and its threads, the sockets, the clients, the log. One seed gives
the clients the same things to ask for; it does not give the threads the same order, so two runs differ, and a service
with a fault may hold once. What a run shows is a symptom. The verdict on a repair is `check`'s, which counts.

What it can't see: other machines, real users, and whatever takes longer than a run to go wrong.
"""
