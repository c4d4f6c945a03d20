# expects: fail; connects to another port of this machine, and to another machine
import socket


def common_ids(left, right):
    reached = []
    for address in (("127.0.0.1", 47113), ("localhost", 47113), ("192.0.2.1", 80)):
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
            try:
                with socket.socket(socket.AF_INET, kind) as client:
                    client.settimeout(1)
                    client.connect(address)
                    client.send(b"course-attack")
                    reached.append(address)
            except OSError:
                pass
    for path in ("/var/run/docker.sock", "/run/dbus/system_bus_socket", "/dev/log"):
        try:
            with socket.socket(socket.AF_UNIX) as client:
                client.connect(path)
                reached.append(path)
        except OSError:
            pass
    return reached or [item for item in left if item in right]
