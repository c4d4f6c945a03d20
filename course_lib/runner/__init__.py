"""The only place that runs a learner's code: a warm parent, a confined child for each run, plain data back.

    judge's process ---- control socket ---- warm parent (libraries imported, no expected value, no solution)
          |                                      | fork
          +------------- channel ----------- child (probe + submission, confined)

What this stops, each of which tests/attacks/ attempts:

- Reading what it must not: solutions, tests, graders, probes, home folders, other processes' memory, the judge's
  environment. Landlock leaves the standard library, site-packages, time zones, certificates and the testbeds; the
  warm parent is forked before a grader is imported, so that there is nothing to find in its memory either.
- Writing or changing anything outside its scratch folder, which is removed afterwards (Landlock; `chmod` and `utime`
  have no effect).
- Reaching any TCP port but the testbed's, and every other kind of socket (Landlock and the seccomp filter).
- Starting processes, signalling others, outliving its verdict: the filter refuses the first two, the warm parent
  kills and adopts whatever is left, and a child dies with its parent.
- Taking the machine down: memory, processor time, file size and descriptors are limited; the judge watches the
  clock from outside and tells a hang from a busy machine.
- Passing by ending early, by a forged message or verdict, or by an object that lies about its class or equality:
  only signed plain data counts, its real types decide, and nothing but complete positive observations passes. The
  secret word lies in no variable, module or heap object while a submission runs, only on the interpreter's stack.
- Passing by breaking the instrument for good: a known-bad sample and its repaired twin are measured before and
  after, in the same process.
- Making the judge speak nonsense: every answer ends in one sentence, in printable characters.

What this does not stop:

- Code written against this course's own instruments. They count inside the process that they measure; a submission
  that patches one during its call and puts it back, or walks the frames to a probe's counters, or searches its own
  memory with ctypes for the secret word, can have any verdict. The course teaches its reader and takes no
  examinations; who grades with it should read what was handed in.
- Seeing the inputs it is given, and telling a measurement from ordinary use.
- Using up its allowance: some seconds of processor, 1 GiB, and disk in the folder for temporary files, for as long
  as it runs. There is no quota on the number of files, and no memory limit over all runs together.
- Another host on the testbed's port: Landlock knows ports, not addresses. Names (`stat`) of files outside can be
  told from missing ones.
- On Linux without Landlock (before 5.13, or switched off), files; before 6.7, other TCP ports while a testbed's is
  open; on other processors than x86-64 and ARM64, system calls. The verdict says so.
- On macOS, almost all of this: files and network are open. What its resource limits hold (processor time, open
  files, file size, no new processes) has not been tried there.
- Without fork (Windows, and anywhere with `COURSE_JUDGE=spawn`: see `fresh.py`), all of this but what a watching parent
  can do: time, memory and what is left running. Outside Linux, judge only what you would run yourself.
"""
