# expects: error; a loop without an end before the function is even defined
while True:
    pass
