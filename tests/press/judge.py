#!/usr/bin/env python3
"""Reads finished PDFs for the press with pikepdf, and says what a printer's preflight would.

judge.py [--grey] [--opaque] [--whole] FILE...   what is wrong with each; exit 1 if anything is
judge.py --facts FILE                            what is in one, as JSON

Judged are files for the press: those that are tagged are for a screen and only named. By what a file claims (PDF/X-1a, PDF/X-4)
it is held to more; `--grey` wants black alone, `--opaque` nothing transparent, `--whole` no subsets of fonts.
"""
import json
import re
import sys

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

DEVICE = {"g": "Gray", "G": "Gray", "rg": "RGB", "RG": "RGB", "k": "CMYK", "K": "CMYK"}
FILLS = {"g", "rg", "k", "sc", "scn", "cs"}


def number(value):
    value = round(float(value), 3)
    return int(value) if value == int(value) else value


class Facts:
    """All that is drawn, whatever it is drawn by: pages, forms, patterns, masks."""

    def __init__(self, path):
        self.pdf = pdf = pikepdf.open(path)
        self.operators, self.spaces, self.fonts, self.images = {}, set(), {}, []
        self.transparent, self.text_colors, self.seen = set(), set(), set()
        raw = open(path, "rb").read()
        root, info = pdf.Root, pdf.trailer.get("/Info", Dictionary())
        self.found = {
            "version": raw[5:8].decode("latin1"),
            "packed": b"/Type/ObjStm" in raw or b"/Type/XRef" in raw,
            "encrypted": pdf.is_encrypted,
            "id": "/ID" in pdf.trailer,
            "info": {str(key)[1:]: str(value) for key, value in info.items()},
            "catalog": sorted(str(key)[1:] for key in root.keys()),
            "names": sorted(str(key)[1:] for key in root.get("/Names", Dictionary()).keys()),
            "pdfx": "",
            "intents": [self.intent(intent) for intent in root.get("/OutputIntents", [])],
            "pages": [self.page(page) for page in pdf.pages],
        }
        if "/Metadata" in root:
            xmp = root.Metadata.read_bytes().decode("utf-8")
            self.found["pdfx"] = "".join(re.findall(r"<pdfxid:GTS_PDFXVersion>([^<]*)<", xmp))
            self.found["trapped"] = "".join(re.findall(r"<pdf:Trapped>([^<]*)<", xmp))
        self.found.update(
            operators={key: sorted(values) for key, values in sorted(self.operators.items())},
            spaces=sorted(self.spaces),
            fonts=list(self.fonts.values()),
            images=self.images,
            transparent=sorted(self.transparent),
            text_colors=sorted(self.text_colors),
        )

    def intent(self, intent):
        profile = intent.get("/DestOutputProfile")
        return {
            "kind": str(intent.get("/S", ""))[1:],
            "condition": str(intent.get("/OutputConditionIdentifier", "")),
            "registry": str(intent.get("/RegistryName", "")),
            "info": str(intent.get("/Info", "")),
            "profile": profile.read_bytes()[16:20].decode("latin1") if profile is not None else "",
            "colors": int(profile.N) if profile is not None else 0,
        }

    def page(self, page):
        found = {}
        for box in ("MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox"):
            if "/" + box in page.obj:
                found[box] = [number(side) for side in page.obj["/" + box]]
        found["annotations"] = len(page.obj.get("/Annots", []))
        self.group(page.obj)
        self.content(page.obj, page.resources)
        return found

    def group(self, holder):
        group = holder.get("/Group")
        if group is not None and group.get("/S") == Name.Transparency:
            self.transparent.add("group")
            if "/CS" in group:
                self.space(group.CS, {})

    def content(self, holder, resources):
        if isinstance(holder, Stream):
            if holder.objgen in self.seen and holder.objgen != (0, 0):
                return
            self.seen.add(holder.objgen)
            self.group(holder)
        spaces = resources.get("/ColorSpace", Dictionary())
        color, stack = "0 g", []
        for operands, operator in pikepdf.parse_content_stream(holder):
            op = str(operator)
            if op in DEVICE:
                self.spaces.add("Device" + DEVICE[op])
            if op in DEVICE or op in ("sc", "SC", "scn", "SCN"):
                said = " ".join(str(number(v)) if not isinstance(v, Name) else str(v) for v in operands)
                self.operators.setdefault(op, set()).add(said)
                if op in FILLS:
                    color = f"{said} {op}"
            elif op in ("cs", "CS"):
                self.space(spaces.get(str(operands[0]), operands[0]), spaces)
            elif op == "q":
                stack.append(color)
            elif op == "Q" and stack:
                color = stack.pop()
            elif op == "Tf":
                self.font(resources.Font[str(operands[0])])
            elif op in ("Tj", "TJ", "'", '"'):
                self.text_colors.add(color)
            elif op == "Do":
                self.drawn(resources.XObject[str(operands[0])], resources)
            elif op == "gs":
                self.state(resources.ExtGState[str(operands[0])])
            elif op == "sh":
                self.space(resources.Shading[str(operands[0])].ColorSpace, spaces)
            elif op == "INLINE IMAGE":
                self.operators.setdefault("BI", set()).add("")
        for pattern in dict(resources.get("/Pattern", Dictionary())).values():
            if pattern.get("/PatternType") == 1:
                self.content(pattern, pattern.get("/Resources", Dictionary()))
            elif "/Shading" in pattern:
                self.space(pattern.Shading.ColorSpace, spaces)

    def drawn(self, thing, resources):
        if thing.get("/Subtype") == Name.Form:
            return self.content(thing, thing.get("/Resources", resources))
        if thing.objgen in self.seen:
            return None
        self.seen.add(thing.objgen)
        if "/ColorSpace" in thing:
            self.space(thing.ColorSpace, {})
        if "/SMask" in thing:
            self.transparent.add("soft mask")
        self.images.append({
            "size": [int(thing.Width), int(thing.Height)],
            "bits": int(thing.get("/BitsPerComponent", 1)),
            "filter": str(thing.get("/Filter", "")),
        })
        return None

    def state(self, state):
        for key in ("/ca", "/CA"):
            if float(state.get(key, 1)) < 1:
                self.transparent.add("opacity")
        if state.get("/BM", Name.Normal) not in (Name.Normal, Name.Compatible):
            self.transparent.add("blend mode")
        mask = state.get("/SMask", Name.None_ if hasattr(Name, "None_") else Name("/None"))
        if isinstance(mask, Dictionary):
            self.transparent.add("soft mask")
            self.content(mask.G, mask.G.get("/Resources", Dictionary()))

    def space(self, space, spaces):
        short = {"/G": "/DeviceGray", "/RGB": "/DeviceRGB", "/CMYK": "/DeviceCMYK"}
        if isinstance(space, Name):
            name = short.get(str(space), str(space))
            if name != "/Pattern":
                self.spaces.add(name[1:])
        elif isinstance(space, Array):
            kind = str(space[0])[1:]
            if kind in ("Indexed", "I", "Pattern"):
                if len(space) > 1:
                    self.space(space[1], spaces)
            elif kind == "Separation":
                self.spaces.add(f"Separation {str(space[1])[1:]}")
                self.space(space[2], spaces)
            elif kind == "ICCBased":
                self.spaces.add(f"ICCBased {int(space[1].N)}")
            else:
                self.spaces.add(kind)

    def font(self, font):
        if font.objgen in self.fonts:
            return
        name = str(font.get("/BaseFont", ""))[1:]
        inner = font.DescendantFonts[0] if font.get("/Subtype") == Name.Type0 else font
        descriptor = inner.get("/FontDescriptor", Dictionary())
        files = [key for key in ("/FontFile", "/FontFile2", "/FontFile3") if key in descriptor]
        program = files[0][1:] if files else ""
        self.fonts[font.objgen] = {
            "name": name,
            "subset": bool(re.match(r"[A-Z]{6}\+", name)),
            "program": program,
            "kind": str(descriptor[files[0]].get("/Subtype", ""))[1:] if files else "",
            "map": str(inner.get("/CIDToGIDMap", "")) if isinstance(inner.get("/CIDToGIDMap"), Name) else "",
        }


def inside(inner, outer):
    slack = 0.002
    return (inner[0] >= outer[0] - slack and inner[1] >= outer[1] - slack
            and inner[2] <= outer[2] + slack and inner[3] <= outer[3] + slack)


def rich(color):
    """Whether text is black with other inks below it: plates that do not meet would show."""
    parts = color.split()
    if parts[-1] != "k":
        return False
    c, m, y, k = map(float, parts[:4])
    return k >= 0.9 and c + m + y > 0


def faults(found, options):
    pages, info, spaces = found["pages"], found["info"], found["spaces"]
    for key in ("Outlines", "PageLabels", "Names", "AcroForm", "OpenAction", "AA", "OCProperties"):
        if key in found["catalog"]:
            yield f"the catalogue has {key}"
    if found["encrypted"]:
        yield "encrypted"
    if not found["id"]:
        yield "no ID"
    for count, page in enumerate(pages, 1):
        media, trim = page["MediaBox"], page.get("TrimBox")
        bleed = page.get("BleedBox", media)
        if page["annotations"]:
            yield f"page {count}: annotations"
        if trim is None:
            yield f"page {count}: no TrimBox"
        elif not inside(trim, bleed) or not inside(bleed, media):
            yield f"page {count}: boxes do not hold one another"
        if "ArtBox" in page:
            yield f"page {count}: ArtBox beside TrimBox"
    for font in found["fonts"]:
        if not font["program"]:
            yield f"font not embedded: {font['name']}"
        if options["whole"] and font["subset"]:
            yield f"font not embedded whole: {font['name']}"
    for color in found["text_colors"]:
        if rich(color):
            yield f"text in rich black: {color}"
    press = [intent for intent in found["intents"] if intent["kind"] == "GTS_PDFX"]
    x1a = info.get("GTS_PDFXVersion") == "PDF/X-1:2001"
    x4 = found["pdfx"].startswith("PDF/X-4")
    hues = {space for space in spaces if "RGB" in space or space in ("ICCBased 3", "Lab")}
    if press and hues:
        yield f"colours of a screen beside an intent for a press: {sorted(hues)}"
    if options["grey"] and set(spaces) - {"DeviceGray"}:
        yield f"more than black: {sorted(set(spaces) - {'DeviceGray'})}"
    if (options["opaque"] or x1a) and found["transparent"]:
        yield f"transparent: {found['transparent']}"
    if x1a or x4:
        if len(press) != 1:
            yield f"{len(press)} intents for a press"
        if not (press and press[0]["condition"]):
            yield "no printing condition"
    if x4:
        if found["version"] > "1.6":
            yield f"version {found['version']}"
        if press and not press[0]["profile"]:
            yield "no colour profile"
        if found.get("trapped") not in ("True", "False"):
            yield "not said whether it is trapped"
    if x1a:
        if found["version"] > "1.3":
            yield f"version {found['version']}"
        if found["packed"]:
            yield "packed objects"
        if info.get("GTS_PDFXConformance") != "PDF/X-1a:2001":
            yield "no GTS_PDFXConformance"
        if info.get("Trapped") not in ("/True", "/False"):
            yield "not said whether it is trapped"
        for key in ("Title", "CreationDate", "ModDate", "Producer", "Creator"):
            if not info.get(key):
                yield f"no {key}"
        device = {"DeviceGray", "DeviceCMYK", "Separation All"}
        if set(spaces) - device:
            yield f"colours that it does not know: {sorted(set(spaces) - device)}"
        for image in found["images"]:
            if image["bits"] > 8 or "JPX" in image["filter"] or "JBIG2" in image["filter"]:
                yield f"image that it does not know: {image}"
        for font in found["fonts"]:
            if font["kind"] == "OpenType":
                yield f"font program that it does not know: {font['name']}"


def main(arguments):
    options = {name: f"--{name}" in arguments for name in ("grey", "opaque", "whole")}
    files = [argument for argument in arguments if not argument.startswith("--")]
    if "--facts" in arguments:
        return print(json.dumps(Facts(files[0]).found, indent=1))
    wrong = 0
    for path in files:
        found = Facts(path).found
        if "StructTreeRoot" in found["catalog"] and "--facts" not in arguments and "--all" not in arguments:
            print(f"tagged, not for the press: {path}")
            continue
        said = list(faults(found, options))
        claim = found["pdfx"] or found["info"].get("GTS_PDFXConformance", "no claim")
        print(f"{'FAIL' if said else 'PASS'}   {path}  {len(found['pages'])} pages, {claim}, {', '.join(found['spaces'])}")
        for line in said:
            print("  " + line)
        wrong += bool(said)
    return sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
