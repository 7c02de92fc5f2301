"""What people do to a signed PDF: each function takes the bytes and returns the changed bytes."""

from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign.signers import PdfSignatureMetadata, sign_pdf


def _append(pdf: bytes, change) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def overlay(pdf: bytes) -> bytes:
    """Draws over the first page."""

    def change(writer):
        page = writer.root["/Pages"]["/Kids"][0].get_object()
        stream = writer.add_object(generic.StreamObject(stream_data=b"1 0 0 rg 0 0 400 400 re f"))
        page["/Contents"] = generic.ArrayObject([page.raw_get("/Contents"), stream])
        writer.update_container(page)

    return _append(pdf, change)


def annotation(pdf: bytes) -> bytes:
    """Sticks a note on the first page."""

    def change(writer):
        page_ref, _resources = writer.find_page_for_modification(0)
        writer.register_annotation(
            page_ref,
            writer.add_object(
                generic.DictionaryObject(
                    {
                        pdf_name("/Type"): pdf_name("/Annot"),
                        pdf_name("/Subtype"): pdf_name("/Text"),
                        pdf_name("/Rect"): generic.ArrayObject(
                            map(generic.NumberObject, (9, 9, 50, 50))
                        ),
                        pdf_name("/Contents"): generic.pdf_string("Ungültig"),
                    }
                )
            ),
        )

    return _append(pdf, change)


def swapped_attachment(pdf: bytes) -> bytes:
    """Puts other bytes under the name of the attachment."""

    def change(writer):
        names = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
        files = names[1].get_object()["/EF"]
        files["/F"] = writer.add_object(generic.StreamObject(stream_data=b'{"betrag": 1000000}'))
        writer.update_container(files)

    return _append(pdf, change)


def empty_revision(pdf: bytes) -> bytes:
    """Appends a revision that changes nothing that anybody sees."""
    return _append(pdf, lambda writer: writer.add_object(generic.pdf_string("nichts")))


def further_signature(pdf: bytes, signer) -> bytes:
    """Appends one more signature in a field of its own."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    return sign_pdf(
        writer, PdfSignatureMetadata(field_name="Fremd", md_algorithm="sha256"), signer
    ).getvalue()


def locked(pdf: bytes) -> bytes:
    """Writes the file anew, with passwords."""
    writer = copy_into_new_writer(PdfFileReader(BytesIO(pdf)))
    writer.encrypt(owner_pass="eins", user_pass="zwei")
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def one_byte(pdf: bytes, position: int) -> bytes:
    """Flips the lowest bit of one byte."""
    changed = bytearray(pdf)
    changed[position] ^= 1
    return bytes(changed)
