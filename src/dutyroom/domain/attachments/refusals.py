"""Why something can't be attached, or isn't taken at all, and what to do next."""

from uuid import UUID

from dutyroom.domain.kernel import Refusal, refusal


def unknown_attachment(attachment: UUID) -> Refusal:
    return refusal(
        "UnknownAttachment",
        {"attachment": attachment},
        ("There is no such attachment.", "没有这个附件。"),
        ("Add it first.", "请先添加附件。"),
    )


def attachment_exists(attachment: UUID) -> Refusal:
    return refusal(
        "AttachmentExists",
        {"attachment": attachment},
        ("Another attachment has this id.", "该附件编号已被占用。"),
        ("Send the file again under a fresh id.", "请使用新的编号重新上传。"),
    )


def attachment_not_uploaded(attachment: UUID) -> Refusal:
    """Nothing was, or it waited too long; or somebody else did, or for another incident."""
    return refusal(
        "AttachmentNotUploaded",
        {"attachment": attachment},
        ("This file was not uploaded for this incident.", "尚未为该警情上传此文件。"),
        ("Choose the file again.", "请重新选择文件。"),
    )


def attachment_of_another(attachment: UUID, by: str) -> Refusal:
    return refusal(
        "AttachmentOfAnother",
        {"attachment": attachment, "by": by},
        (f"This was added by {by}.", f"该附件由 {by} 添加。"),
        (
            "Ask them, the command office or the desk to strike it.",
            "请由本人、综合指挥室或席位作废。",
        ),
    )


def attachments_full(most: int, megabytes: int) -> Refusal:
    return refusal(
        "AttachmentsFull",
        {"most": most, "megabytes": megabytes},
        (
            f"An incident holds at most {most} attachments and {megabytes} MB.",
            f"一起警情最多 {most} 个附件，共 {megabytes} MB。",
        ),
        (
            "Attach what matters most, or put several pages into one PDF.",
            "请只添加最重要的，或将多页合并为一个 PDF。",
        ),
    )


def attachment_name_wrong(most: int) -> Refusal:
    return refusal(
        "AttachmentNameWrong",
        {"most": most},
        (
            f"A name has between 1 and {most} characters that can be seen.",
            f"名称须为 1 至 {most} 个可见字符。",
        ),
        ("Give it a short name.", "请取一个简短的名称。"),
    )


def attachment_empty() -> Refusal:
    return refusal(
        "AttachmentEmpty",
        {},
        ("There is nothing in this file.", "该文件是空的。"),
        ("Choose another file.", "请选择其他文件。"),
    )


def attachment_too_large(megabytes: int) -> Refusal:
    return refusal(
        "AttachmentTooLarge",
        {"megabytes": megabytes},
        (
            f"An attachment has at most {megabytes} MB.",
            f"单个附件不能超过 {megabytes} MB。",
        ),
        ("Choose a smaller one, or divide it.", "请选择较小的文件，或拆分后上传。"),
    )


def picture_too_large(megapixels: int) -> Refusal:
    return refusal(
        "PictureTooLarge",
        {"megapixels": megapixels},
        (
            f"A picture has at most {megapixels} million pixels.",
            f"图片不能超过 {megapixels * 100} 万像素。",
        ),
        ("Take it again at a lower resolution.", "请降低分辨率后重新拍摄。"),
    )


def picture_unreadable() -> Refusal:
    return refusal(
        "PictureUnreadable",
        {},
        ("This picture is damaged.", "图片已损坏，无法读取。"),
        ("Open it, save it as JPEG, and choose that.", "请打开后另存为 JPEG 再上传。"),
    )


_KINDS: dict[str, tuple[str, str]] = {
    "drawing": ("drawings that may hold scripts (SVG)", "可能含脚本的矢量图（SVG）"),
    "page": ("web pages", "网页文件"),
    "program": ("programs and scripts", "程序和脚本"),
    "office": ("documents of office programs", "办公软件文档"),
    "archive": ("archives", "压缩包"),
    "picture": ("pictures in this format", "这种格式的图片"),
    "sound": ("sound and film", "音频和视频"),
}


def attachment_kind_wrong(found: str) -> Refusal:
    """`found`: drawing, page, program, office, archive, picture, sound, or unknown."""
    en, zh = _KINDS.get(found, ("kinds of file that are not known here", "无法识别的文件"))
    remedies = {
        "office": ("Save it as PDF, and choose that.", "请另存为 PDF 再上传。"),
        "picture": ("Save it as JPEG, and choose that.", "请另存为 JPEG 再上传。"),
        "archive": ("Unpack it, and choose what is in it.", "请解压后逐个上传。"),
    }
    taken = (
        "Pictures (JPEG, PNG, WebP), PDF and plain text are taken.",
        "可上传图片（JPEG、PNG、WebP）、PDF 和纯文本。",
    )
    return refusal(
        "AttachmentKindWrong",
        {"found": found},
        (
            f"By its content it is one of the {en}, which are not taken.",
            f"按内容判断，该文件属于{zh}，不能上传。",
        ),
        remedies.get(found, taken),
    )


def pdf_can_run() -> Refusal:
    return refusal(
        "PdfCanRun",
        {},
        (
            "This PDF holds scripts, other files or something beside it.",
            "该 PDF 含有脚本、嵌入文件或附加内容。",
        ),
        ("Print it to a new PDF, and choose that.", "请打印为新的 PDF 再上传。"),
    )


def attachment_sealed_off(incident: UUID) -> Refusal:
    """The key of the incident was erased."""
    return refusal(
        "AttachmentSealedOff",
        {"incident": incident},
        (
            "What belongs to this incident was erased by the rules.",
            "该警情的内容已按规定销毁。",
        ),
        ("Attach it to the incident that it belongs to now.", "请添加到现在所属的警情。"),
    )
