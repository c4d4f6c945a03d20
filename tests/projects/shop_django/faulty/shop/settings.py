SECRET_KEY = "for tests"
ROOT_URLCONF = "shop.views"
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["shop"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
