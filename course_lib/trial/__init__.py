"""An assistant measured: the course's tasks put to it under several prompts, and every answer judged.

An answer `works` where it keeps the checks about the function, and is `safe` where it keeps those about the hazard;
only what is both counts. What this can't see: tasks that are not in the course, an assistant that has read the course,
and differences smaller than eighteen tasks can show.
"""
