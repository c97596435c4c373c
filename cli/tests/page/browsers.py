"""Chromium and Debian's Firefox behind one interface, which tasks.py uses. Playwright drives Chromium. Firefox speaks Marionette: messages
of JSON, each after its length and a colon."""

import base64
import json
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

KEYS = {"Enter": "\ue007", "Escape": "\ue00c", "Tab": "\ue004", "Control": "\ue009", "ArrowUp": "\ue013", "ArrowDown": "\ue015",
        "ArrowRight": "\ue014"}


class Chromium:
    def __init__(self, browser, prepare):
        self.page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
        self.page.add_init_script(prepare)
        self.said = []
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def open(self, address):
        self.page.goto("about:blank")
        self.page.goto(address)

    def js(self, script, *args):
        """Runs the body of a function with these `arguments`."""
        return self.page.evaluate(f"(list) => (function () {{ {script} }}).apply(null, list)", list(args))

    def size(self, width, height):
        self.page.set_viewport_size({"width": width, "height": height})

    def move(self, x, y):
        self.page.mouse.move(x, y)

    def click(self, x, y, count=1):
        self.page.mouse.click(x, y, click_count=count)

    def type(self, text):
        self.page.keyboard.type(text)

    def press(self, *keys):
        self.page.keyboard.press("+".join(keys))

    def pdf(self):
        return self.page.pdf(format="A4")


class Firefox:
    """Has the methods of `Chromium`."""

    def __init__(self, program):
        self.profile = tempfile.mkdtemp()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        Path(self.profile, "user.js").write_text(f'user_pref("marionette.port", {port});\n')
        self.process = subprocess.Popen([program, "--headless", "--marionette", "--no-remote", "--profile", self.profile],
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(600):
            try:
                self.socket = socket.create_connection(("127.0.0.1", port), timeout=300)
                break
            except ConnectionRefusedError:
                time.sleep(0.1)
        self.file, self.count = self.socket.makefile("rb"), 0
        self.read()
        self.version = self.ask("NewSession", {})["capabilities"]["browserVersion"]
        self.size(1280, 800)

    def close(self):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def read(self):
        length = b""
        while (byte := self.file.read(1)) != b":":
            length += byte
        return json.loads(self.file.read(int(length)))

    def ask(self, command, parameters):
        self.count += 1
        text = json.dumps([0, self.count, f"WebDriver:{command}", parameters]).encode()
        self.socket.sendall(b"%d:%s" % (len(text), text))
        _, _, error, answer = self.read()
        if error:
            raise RuntimeError(f"{command}: {error['error']}: {error['message']}")
        return answer

    def open(self, address):
        self.ask("Navigate", {"url": "about:blank"})
        self.ask("Navigate", {"url": address})

    def js(self, script, *args):
        return self.ask("ExecuteScript", {"script": script, "args": args})["value"]

    def size(self, width, height):
        """The window is at least as wide as Firefox allows, about 500 pixels."""
        edge = self.js("return [outerWidth - innerWidth, outerHeight - innerHeight]")
        self.ask("SetWindowRect", {"width": width + edge[0], "height": height + edge[1]})

    def act(self, kind, actions, **options):
        self.ask("PerformActions", {"actions": [{"type": kind, "id": kind, "actions": actions, **options}]})

    def move(self, x, y):
        self.act("pointer", [{"type": "pointerMove", "x": int(x), "y": int(y)}])

    def click(self, x, y, count=1):
        self.move(x, y)
        self.act("pointer", [{"type": kind, "button": 0} for _ in range(count) for kind in ["pointerDown", "pointerUp"]])

    def type(self, text):
        self.act("key", [{"type": kind, "value": key} for key in text for kind in ["keyDown", "keyUp"]])

    def press(self, *keys):
        keys = [KEYS.get(key, key) for key in keys]
        self.act("key", [{"type": "keyDown", "value": key} for key in keys] + [{"type": "keyUp", "value": key} for key in reversed(keys)])

    def pdf(self):
        return base64.b64decode(self.ask("Print", {"page": {"width": 21.0, "height": 29.7}})["value"])
