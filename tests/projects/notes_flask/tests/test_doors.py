from course_lib.instruments.access import EVERYBODY, Policy
from notes import doors

SECRET = {"under the mat": {"ada"}}


def test_options_is_a_door_like_the_others(access, world_of, who):
    own = {f"{method} /export/<int:number>": {"ada"} for method in ("GET", "OPTIONS")}
    access(world_of(doors.export), who, Policy(own, SECRET), {"number": "1"})


def test_head_changes_nothing(access, world_of, who):
    access(world_of(doors.marks), who, Policy({"HEAD /marks/<int:number>": {"ada"}}, SECRET), {"number": "1"})


def test_a_name_in_the_query_is_nobody(access, world_of, who):
    access(world_of(doors.shared), who, Policy({"GET /shared/": {"ada", "ben"}}, SECRET), claim="ada")


def test_the_monitor_needs_no_login(access, world_of, who):
    access(world_of(doors.status), who, Policy({"GET /status/health": EVERYBODY}))
