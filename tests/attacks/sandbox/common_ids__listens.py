# expects: fail; offers a service to others
import http.server
import socket
import socketserver


def common_ids(left, right):
    for make in (
        lambda: http.server.HTTPServer(("", 47114), http.server.SimpleHTTPRequestHandler),
        lambda: socketserver.UDPServer(("", 47114), socketserver.BaseRequestHandler),
        lambda: socket.socket().listen(),
        lambda: socket.socket(socket.AF_UNIX).bind("here"),
    ):
        try:
            make()
            return ["listens"]
        except OSError:
            pass
    return [item for item in left if item in right]
