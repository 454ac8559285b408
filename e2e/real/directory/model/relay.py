"""Carries standard input and output to an address and back: a way into a network namespace. `--test` only connects."""
import os
import socket
import sys
import threading

host, port = sys.argv[1], int(sys.argv[2])
stream = socket.create_connection((host, port), 2 if "--test" in sys.argv else None)
if "--test" in sys.argv:
    sys.exit(0)


def outwards():
    while True:
        data = os.read(0, 65536)
        if not data:
            stream.shutdown(socket.SHUT_WR)
            return
        stream.sendall(data)


threading.Thread(target=outwards, daemon=True).start()
while True:
    data = stream.recv(65536)
    if not data:
        break
    os.write(1, data)
