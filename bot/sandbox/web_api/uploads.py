"""files.getUploadURLExternal and files.completeUploadExternal: how an app sends a file in three steps.

https://docs.slack.dev/messaging/working-with-files; that a size other than the announced one is refused is assumed.
"""

from urllib.parse import quote

from bot.sandbox.core import Core
from bot.sandbox.errors import SlackRefusal
from bot.sandbox.files import File, Upload
from bot.sandbox.json_value import Json, as_list, as_object
from bot.sandbox.messages import Message
from bot.sandbox.web_api import echo
from bot.sandbox.web_api.chat import postable
from bot.sandbox.web_api.method import Arguments, Method


def begin(core: Core, arguments: Arguments) -> Json:
    """Announce a file: its id, and the address that takes its bytes."""
    length = arguments.need("length")
    if not length.isdecimal() or int(length) < 1:
        raise SlackRefusal("invalid_arguments", messages=["[ERROR] length must be positive"])
    number = core.ids.new("F")
    core.uploads[number] = Upload(arguments.need("filename"), int(length))
    return {"upload_url": f"{core.base_url}/upload/{number}", "file_id": number}


def take(core: Core, file_id: str, content: bytes) -> bool:
    """Keep the bytes of an announced file. False where none was announced, or its size was another."""
    upload = core.uploads.get(file_id)
    if upload is None or len(content) != upload.length:
        return False
    upload.content = content
    return True


def complete(core: Core, arguments: Arguments) -> Json:
    """Show the files in a conversation, as a message of the app."""
    given = as_list(arguments.structure("files", "invalid_arguments")) or []
    files = [found for one in given if (found := as_object(one)) is not None]
    uploads = [(str(one.get("id")), core.uploads.pop(str(one.get("id")), None)) for one in files]
    if not uploads or any(upload is None or upload.content is None for _, upload in uploads):
        raise SlackRefusal("file_not_found")
    channel = postable(core, arguments.need("channel_id"))
    shared = [_kept(core, channel.id, number, upload) for number, upload in uploads if upload is not None]
    thread_ts = arguments.optional("thread_ts")
    message = core.workspace.put_message(
        Message(
            channel=channel.id,
            ts=core.ids.ts(),
            user=core.app.user_id,
            text=arguments.optional("initial_comment") or "",
            thread_ts=thread_ts,
            by_bot=True,
            files=tuple(file.to_json() for file in shared),
        )
    )
    echo.posted(core, message)
    return {"files": [file.to_json() for file in shared]}


def _kept(core: Core, channel: str, number: str, upload: Upload) -> File:
    core.workspace.files[number] = File(
        id=number,
        name=upload.name,
        user=core.app.user_id,
        channel=channel,
        content=upload.content or b"",
        created=int(core.clock()),
        url=f"{core.base_url}/files-pri/{number}/{quote(upload.name)}",
    )
    return core.workspace.files[number]


METHODS = {
    "files.getUploadURLExternal": Method(begin, ("files:write",)),
    "files.completeUploadExternal": Method(complete, ("files:write",)),
}
