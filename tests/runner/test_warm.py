"""What a child of the warm parent finds around it."""

from __future__ import annotations

import subprocess
import sys

from course_lib.runner.warm import scrubbed

READ = "import httpx; print(len(httpx.Client()._transport._pool._ssl_context.get_ca_certs()))"


def test_a_client_reads_no_certificates() -> None:
    """httpx would read some 150 for each client, some 15 ms of a processor."""
    with_certificates = {name: value for name, value in scrubbed().items() if name != "SSL_CERT_DIR"}
    told = [
        int(subprocess.run([sys.executable, "-c", READ], env=env, capture_output=True, check=True, text=True).stdout)
        for env in (scrubbed(), with_certificates)
    ]
    assert told[0] == 0 < told[1]
