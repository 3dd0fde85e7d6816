"""What each command does, and its exit code."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import json
import sys
from collections.abc import Callable, Coroutine
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from seedance_desktop import words
from seedance_desktop.bootstrap import (
    House,
    Options,
    folder_of,
    gateway_of,
    load_preferences,
    make_keys,
    rebuild,
)
from seedance_desktop.domain import variations
from seedance_desktop.domain.address import host
from seedance_desktop.domain.catalogue import DEMO
from seedance_desktop.domain.clip import Clip, Stage, name_to_id
from seedance_desktop.domain.errors import GatewayProblem, NoKey, Problem, Refused
from seedance_desktop.domain.recipe import Draft, Recipe, Reference, Use, check, natural_use
from seedance_desktop.library import list_clips, one_clip
from seedance_desktop.words import ntr, tr

from . import ledger
from .importing import import_files
from .report import as_json, complain, file_of, line, sentence, write
from .session import READY, REFUSED, UNFINISHED, Session, session

_CHECKED_WITHIN = 15.0
_NAME = 12  # cells of the terminal, of which a Chinese character takes two


def run(arguments: argparse.Namespace, options: Options) -> int:
    """Carry a command out; says what went wrong in one sentence and returns PRODUCT.md's exit code."""
    commands: dict[str, Callable[[argparse.Namespace, Options], int]] = {
        "generate": lambda args, opts: asyncio.run(_generate(args, opts)),
        "resume": lambda args, opts: asyncio.run(_resume(args, opts)),
        "retry": lambda args, opts: asyncio.run(_retry(args, opts)),
        "adopt": lambda args, opts: asyncio.run(_adopt(args, opts)),
        "dismiss": lambda args, opts: asyncio.run(_dismiss(args, opts)),
        "list": _list,
        "show": _show,
        "ledger": _ledger,
        "import": lambda args, opts: asyncio.run(import_files(args, opts)),
        "rebuild": _rebuild,
        "key": lambda args, opts: asyncio.run(_key(args, opts)),
        "demo-gateway": _demo_gateway,
    }
    try:
        return commands[arguments.command](arguments, options)
    except Problem as problem:
        complain(sentence(problem.reason))
        return REFUSED if isinstance(problem, Refused | GatewayProblem) else UNFINISHED
    except KeyboardInterrupt:
        return UNFINISHED


async def _generate(args: argparse.Namespace, options: Options) -> int:
    async with session(options, as_json=args.json, until_accepted=args.no_wait) as running:
        house = running.house
        await house.studio.open(carry_on=lambda _clip: False, heed_pause=False)
        references = [one for image in args.image for one in await _images(house, image)]
        draft = _draft(args, tuple(references))
        await _check_gateway(house)
        _say_variations(draft, house)
        running.follow(await house.studio.generate(draft, house.gateway))
        return await running.over()


async def _images(house: House, image: str) -> list[Reference]:
    """The images of a file or a folder; a link goes to the gateway as the link it is."""
    pictures = house.studio.pictures
    if image.lower().startswith(("http://", "https://")):
        return [pictures.linked(image)]
    found = []
    async for one in pictures.gather([_source(image)]):
        if isinstance(one, Problem):
            raise one
        found.append(one)
    return found


def _source(image: str) -> Path | str:
    return image if image.lower().startswith("data:") or not image.strip() else Path(image).expanduser()


def _say_variations(draft: Draft, house: House) -> None:
    """What a prompt with variations comes to, before anything is sent; raises `BadRecipe`."""
    clips, takes = len(variations.plan(check(draft))), draft.takes
    if clips == takes:
        return
    price = house.studio.parts.preferences.price(draft.recipe.model) * clips
    complain(
        f"{ntr('{n} variation', '{n} variations', clips // takes)} × {ntr('{n} take', '{n} takes', takes)} = "
        f"{ntr('{n} clip', '{n} clips', clips)} · {words.money(price.minor, price.currency)}"
    )


def _draft(args: argparse.Namespace, references: tuple[Reference, ...]) -> Draft:
    use = Use(args.use) if args.use else natural_use(len(references))
    recipe = Recipe(args.prompt, references, use, args.ratio, args.duration, args.resolution)
    return Draft(recipe, args.takes, args.project, args.shot)


async def _check_gateway(house: House) -> None:
    """Refuse before anything is planned: no key, a key that is refused, nothing there, or not a gateway."""
    if house.gateway == DEMO:
        return
    parts = house.studio.parts
    key = await asyncio.to_thread(parts.keys.get, house.gateway)
    loop = asyncio.get_running_loop()
    give_up = loop.time() + _CHECKED_WITHIN
    while True:
        reason = await parts.gateway.check(house.gateway, key)
        if reason is None:
            return
        if reason.code != "gateway-unreachable" or loop.time() > give_up:
            raise GatewayProblem(reason.code, **dict(reason.facts))
        await asyncio.sleep(1)


async def _resume(args: argparse.Namespace, options: Options) -> int:
    async with session(options, as_json=args.json) as running:
        studio = running.house.studio
        before = {clip.id: clip for clip in await studio.parts.library.under_way()}
        clips = await studio.open(heed_pause=False)
        revived = []
        for gateway in {clip.gateway for clip in clips}:
            revived += await studio.key_changed(gateway, however_old=True)
        found_sending = [clip for clip in clips if before[clip.id].stage is Stage.SENDING]
        mine = [clip for clip in clips if not clip.stage.settled] + found_sending + revived
        if not mine:
            complain(tr("Nothing is unfinished."))
        running.follow(mine)
        return await running.over()


async def _retry(args: argparse.Namespace, options: Options) -> int:
    return await _carry_on(args, options, lambda running, clip: running.house.studio.retry(clip))


async def _adopt(args: argparse.Namespace, options: Options) -> int:
    return await _carry_on(args, options, lambda running, clip: running.house.studio.adopt(clip, args.task))


async def _carry_on(
    args: argparse.Namespace, options: Options, verb: Callable[[Session, int], Coroutine[None, None, Clip]]
) -> int:
    clip = _clip_id(args.clip)
    async with session(options, as_json=args.json) as running:
        await running.house.studio.open(carry_on=lambda _clip: False, heed_pause=False)
        running.follow([await verb(running, clip)])
        return await running.over()


async def _dismiss(args: argparse.Namespace, options: Options) -> int:
    clip = _clip_id(args.clip)
    async with session(options, as_json=args.json) as running:
        await running.house.studio.open(carry_on=lambda _clip: False, heed_pause=False)
        running.follow([await running.house.studio.dismiss(clip)])
    return READY


def _clip_id(name: str) -> int:
    try:
        return name_to_id(name)
    except ValueError:
        raise Refused("clip-unknown", name=name) from None


def _list(args: argparse.Namespace, options: Options) -> int:
    folder = folder_of(options, load_preferences())
    stage = Stage(args.stage) if args.stage else None
    for clip in list_clips(folder, text=args.search, stage=stage):
        write(json.dumps(as_json(clip, folder, whole=True), ensure_ascii=False) if args.json else line(clip, folder))
    return READY


def _show(args: argparse.Namespace, options: Options) -> int:
    folder = folder_of(options, load_preferences())
    clip = one_clip(folder, _clip_id(args.clip))
    if clip is None:
        raise Refused("clip-unknown", name=args.clip)
    if args.json:
        write(json.dumps(as_json(clip, folder, whole=True), ensure_ascii=False))
        return READY
    for name, value in _facts(clip, folder):
        if value:
            write(f"{padded(name)} {value}")
    return READY


def padded(name: str) -> str:
    """`name` as wide as the first column, or wider, in cells of the terminal."""
    from rich.cells import cell_len, set_cell_size

    return set_cell_size(name, max(_NAME, cell_len(name)))


def _facts(clip: Clip, folder: Path) -> list[tuple[str, str]]:
    footage = clip.footage
    return [
        (tr("Clip"), clip.name),
        (tr("Prompt"), clip.recipe.prompt),
        (tr("Images"), ", ".join(reference.name for reference in clip.recipe.references)),
        (tr("Settings"), f"{clip.recipe.ratio} · {_seconds(clip)} · {clip.recipe.resolution}"),
        (tr("Project"), " · ".join(filter(None, (clip.project, clip.shot)))),
        (tr("Stage"), words.stage(clip.stage.value, rendering=clip.rendering)),
        (tr("Money"), words.charge(clip.charged.value, words.money(clip.price.minor, clip.price.currency))),
        (tr("Reason"), sentence(clip.reason)),
        (tr("Made"), datetime.fromtimestamp(clip.made / 1000).astimezone().strftime("%Y-%m-%d %H:%M:%S")),
        (tr("Gateway"), clip.gateway),
        (tr("Task ID"), clip.task),
        (tr("Video"), f"{footage.width} × {footage.height} · {footage.frames} · {footage.codec}" if footage else ""),
        (tr("File"), str(file_of(clip, folder)) if clip.file or clip.outside else ""),
    ]


def _seconds(clip: Clip) -> str:
    return tr("{n} s").format(n=clip.recipe.duration)


def _ledger(args: argparse.Namespace, options: Options) -> int:
    ledger.show(folder_of(options, load_preferences()), as_csv=args.csv)
    return READY


def _rebuild(args: argparse.Namespace, options: Options) -> int:
    folder = folder_of(options, load_preferences())
    report = rebuild(folder, "command", lambda done, total: complain(f"{done} / {total}"))
    if args.json:
        write(json.dumps(asdict(report), ensure_ascii=False))
    complain(words.rebuilt(asdict(report)))
    return READY


async def _key(args: argparse.Namespace, options: Options) -> int:
    from seedance_desktop.gateway import Gateway

    preferred = load_preferences()
    address = gateway_of(options, preferred)
    keys = make_keys(options, preferred)
    if args.action == "remove":
        await asyncio.to_thread(keys.remove, address)
        complain(tr("The key for {gateway} is removed.").format(gateway=host(address)))
        return READY
    key = await asyncio.to_thread(_read_key if args.action == "set" else lambda: keys.get(address))
    gateway = await asyncio.to_thread(Gateway.build, preferred)
    try:
        reason = await gateway.check(address, key)
    finally:
        await gateway.close()
    if reason and (args.action == "check" or reason.code == "key-refused"):
        raise GatewayProblem(reason.code, **dict(reason.facts))
    if args.action == "set":
        await asyncio.to_thread(keys.keep, address, key)
        complain(tr("The key for {gateway} is kept in the system's keyring.").format(gateway=host(address)))
    if reason:
        complain(sentence(reason))
    else:
        complain(tr("{gateway} accepts the key.").format(gateway=host(address)))
    return READY


def _read_key() -> str:
    from seedance_desktop.system.keys import check_shape

    if sys.stdin is None:
        raise NoKey("key-malformed")
    if sys.stdin.isatty():
        return check_shape(getpass.getpass(tr("API key: ")))
    return check_shape(sys.stdin.readline())


def _demo_gateway(args: argparse.Namespace, options: Options) -> int:
    from seedance_desktop.demo.server import serve

    folder = folder_of(Options(library=options.library, demo=True), load_preferences())
    if not args.until_stdin_closes:
        complain(tr("The built-in gateway takes any key that begins with sk-. Ctrl+C ends it."))
    try:
        return serve(folder, port=args.port, speed=args.speed, until_stdin_closes=args.until_stdin_closes)
    except OSError as error:
        raise GatewayProblem("demo-unavailable", detail=error.strerror or str(error)) from error
