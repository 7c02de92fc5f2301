"""The last touches before the bytes are written: metadata, and signature fields for people.

Works on WeasyPrint's own objects, inside a cell.
"""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

import pydyf

PRINT_AND_LOCK = 132  # /F of a signature widget: printed, and not to be moved
NOT_FOR_SIGNATURES = ("DA", "V", "Ff", "MaxLen")

# PDF/A wants every metadata schema outside its own list described in the file itself.
ACCESSIBLE = """
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1"/>
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
IDENTIFIED = """
<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/" rdf:about="">
<dc:identifier>stadtbruecke:{number}</dc:identifier>
</rdf:Description>
"""


def add_metadata(pdf: pydyf.PDF, number: str, *, accessible: bool) -> None:
    """Say PDF/UA-1 and our number in the XMP, and leave that stream readable without tools."""
    reference = int(pdf.catalog["Metadata"].split()[0])
    packet = pdf.objects[reference]
    packet.compress = False
    extra = ACCESSIBLE if accessible else ""
    extra += IDENTIFIED.format(number=escape(number)) if number else ""
    end = b"</rdf:RDF>"
    content = b"\n".join(packet.stream)
    packet.stream = [content.replace(end, extra.encode() + end, 1)]


def keep_objects_apart(pdf: pydyf.PDF) -> None:
    """Write no object streams; pages, fonts and images stay compressed.

    pyHanko reads the whole table of an object stream for each object in it: with a thousand
    objects every check of a file took seconds.
    """
    write = pdf.write

    def plainly(output: Any, version: bytes, identifier: Any, _compress: bool) -> None:
        write(output, version, identifier, compress=False)

    pdf.write = plainly


def make_signature_fields(pdf: pydyf.PDF) -> None:
    """Turn the text inputs, which WeasyPrint placed and tagged, into empty signature fields."""
    form = pdf.catalog.get("AcroForm")
    if form is None:
        return
    for name in ("NeedAppearances", "DR"):
        form.pop(name, None)
    for reference in form["Fields"]:
        _make_signature_field(pdf, pdf.objects[int(reference.split()[0])])
    for element in pdf.objects:
        if isinstance(element, pydyf.Dictionary) and element.get("S") == "/Form":
            # pyHanko's difference analysis looks for the reference itself, not for a list of one:
            # with the list, an honest second signature makes the first one look tampered with.
            (element["K"],) = element["K"]


def _make_signature_field(pdf: pydyf.PDF, field: Any) -> None:
    for name in NOT_FOR_SIGNATURES:
        field.pop(name, None)
    left, top, right, bottom = field["Rect"]
    box = (min(left, right), min(top, bottom), max(left, right), max(top, bottom))
    field["FT"] = "/Sig"
    field["F"] = PRINT_AND_LOCK
    field["Rect"] = pydyf.Array(round(edge, 2) for edge in box)
    size = (round(box[2] - box[0], 2), round(box[3] - box[1], 2))
    empty = pydyf.Stream(
        [],
        {
            "Type": "/XObject",
            "Subtype": "/Form",
            "BBox": pydyf.Array((0, 0, *size)),
            "Resources": pydyf.Dictionary({}),
        },
    )
    pdf.add_object(empty)
    field["AP"] = pydyf.Dictionary({"N": empty.reference})
