"""The one error of this gateway: an answer that says no, and why."""


class Refusal(Exception):
    """A request is refused: `status` is HTTP's, `code` a word for programs, the text a sentence for people."""

    def __init__(self, code: str, message: str, *, status: int = 400) -> None:
        super().__init__(message)
        self.code = code
        self.message = message.encode("utf-8", "replace").decode()  # half a character can't be answered in JSON
        self.status = status

    @property
    def body(self) -> dict[str, dict[str, str]]:
        """The JSON body in which a gateway of this kind says it."""
        return {"error": {"code": self.code, "message": self.message}}
