from course_lib.testbeds.blog import User

SQL = "SELECT id, username, (SELECT COUNT(*) FROM blog_post WHERE user_id = blog_user.id) AS n FROM blog_user"


def users_with_post_counts():
    users = sorted(User.objects.raw(SQL), key=lambda user: user.username)
    return [{"username": user.username, "post_count": user.n} for user in users]
