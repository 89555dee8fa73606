"""The tree of failures. Each message says what, where, which value, and what to do next."""


class FootnotedError(Exception):
    """Anything that goes wrong in a way that we foresaw; shown to the user as one line."""


class FolderError(FootnotedError):
    """A folder of articles that cannot be read as one."""


class UnreadableSource(FootnotedError):
    """A file that was wanted and could not be read; its message is the reason in the report."""


class EncoderError(FootnotedError):
    """An embedding model that is missing or unusable."""


class ReaderError(FootnotedError):
    """A reader that is missing or unusable."""


class ModelError(FootnotedError):
    """A chat model that is missing, unreachable or silent."""


class QuestionError(FootnotedError, ValueError):
    """A question or a filter that cannot be asked."""


class StoreError(FootnotedError):
    """A store that is missing, foreign or damaged."""


class StoreDamaged(StoreError):
    """A store some of which is not what was written."""


class StoreBusy(StoreError):
    """Another process is writing to the store."""


class StaleGeneration(StoreError):
    """The store moved on while a change to it was being prepared."""
