"""Every fault that the machine plays, by stage and name; made anew for each use, since some hold the line."""

from __future__ import annotations

import threading

from tests.faults.script import Fault, Reply, answer, page

NO_VIDEO = b"<html>no clip here</html>" * 40


def submits(stall: threading.Event) -> dict[str, Fault]:
    """What may become of a POST."""
    unknown = {
        "cut after the head": Fault(cut_request=0),
        "cut in the body": Fault(cut_request=40),
        "charged and silent": Fault(charge=True, cut_answer=0),
        "charged and reset": Fault(charge=True, cut_answer=0, politely=True),
        "cut in the answer": Fault(cut_answer=100, politely=True),
        "no id": Fault(answer({"status": "pending"}), charge=True),
        "broken JSON": Fault(Reply(200, b'{"id": "task'), charge=True),
        "html": Fault(page(200), charge=True),
        "empty": Fault(Reply(200), charge=True),
        **{str(status): Fault(page(status), charge=status % 2 == 0) for status in (500, 502, 503, 504, 524)},
        **{str(status): Fault(answer({}, status), charge=status % 2 == 0) for status in (408, 409, 425)},
        "a foreign id": Fault(answer({"id": "task_nobody_knows", "status": "pending"}), charge=True),
        "failed at once": Fault(answer({"id": "t", "status": "failed", "error": "no"}), charge=True),
        "refunded at once": Fault(answer({"id": "t", "status": "failed", "error": "it was refunded"})),
    }
    refused = {f"refused {status}": Fault(answer({"error": "no"}, status)) for status in (400, 403, 404, 413, 422)}
    later = {
        "429": Fault(answer({}, 429, retry_after="0.02")),
        "503 later": Fault(page(503, retry_after="0.02")),
        "429 plain": Fault(answer({"error": "slow down"}, 429)),
    }
    asks = {
        "401": Fault(answer({}, 401)),
        "402": Fault(answer({}, 402)),
        "quota": Fault(answer({"error": {"code": "insufficient_quota"}}, 429)),
        "redirect": Fault(Reply(307, b"", {"Location": "http://127.0.0.1:9/v1/generation/tasks"})),
    }
    slow = {"slow": Fault(piece=200), "stalled": Fault(until=stall)}
    return unknown | refused | later | asks | slow


def polls(stall: threading.Event) -> dict[str, Fault]:
    """What may become of a poll."""
    answers = {str(status): Fault(page(status)) for status in (400, 404, 429, 500, 502, 503, 524)}
    return answers | {
        "401": Fault(answer({}, 401)),
        "402": Fault(answer({}, 402)),
        "cut": Fault(cut_answer=0),
        "cut in the answer": Fault(cut_answer=120, politely=True),
        "an unknown word": Fault(answer({"status": "dreaming"})),
        "no word": Fault(answer({})),
        "done without a link": Fault(answer({"status": "completed", "video_url": None})),
        "a link to a file": Fault(answer({"status": "completed", "video_url": "file:///etc/passwd"})),
        "failed": Fault(answer({"status": "failed", "error": {"message": "the renderer gave up"}})),
        "refunded": Fault(answer({"status": "failed", "error": "failed, refunded"})),
        "enveloped 401": Fault(answer({"code": 401, "message": "bad token"})),
        "html": Fault(page(200)),
        "stalled": Fault(until=stall),
    }


def downloads(stall: threading.Event) -> dict[str, Fault]:
    """What may become of a download."""
    statuses = (202, 400, 401, 403, 404, 410, 425, 429, 500, 502, 503)
    answers = {str(status): Fault(page(status)) for status in statuses}
    return answers | {
        "cut at once": Fault(cut_answer=0),
        "cut in the middle": Fault(cut_answer=9_000, politely=True),
        "reset in the middle": Fault(cut_answer=20_000),
        "html": Fault(page(200)),
        "no video": Fault(Reply(200, NO_VIDEO, {"Content-Type": "video/mp4"})),
        "nothing": Fault(Reply(200, b"", {"Content-Type": "video/mp4"})),
        "shorter than said": Fault(Reply(200, NO_VIDEO, {}, 20_000), cut_answer=len(NO_VIDEO), politely=True),
        "another range": Fault(Reply(206, NO_VIDEO, {"Content-Range": "bytes 5-9/100", "ETag": '"other"'})),
        "416": Fault(Reply(416, b"", {"Content-Range": "bytes */3"})),
        "redirected to nowhere": Fault(Reply(302, b"", {"Location": "http://127.0.0.1:9/clip.mp4"})),
        "redirected to a file": Fault(Reply(302, b"", {"Location": "file:///etc/passwd"})),
        "stalled": Fault(until=stall),
    }
