"""Somebody's review of a pull request, read from six formats, its claims run, and scored.

A claim is a place and a hazard. It is `proved` where the experiment on that place comes out red, `refuted` where it
comes out green, and could not be run where no instrument measures what it says. What is measured is the pull
request of the course; a claim about anything else is no hit.
"""
