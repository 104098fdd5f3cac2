"""The camera of another device: it sees what is drawn on the page, and reads the QR code in it."""

from base64 import b64decode, b64encode

import zxingcpp
from playwright.sync_api import Locator

QR_CODES = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
GREYS = """async (_, picture) => {
    const bytes = Uint8Array.from(atob(picture), each => each.charCodeAt(0));
    const drawn = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(drawn.width, drawn.height).getContext("2d");
    canvas.drawImage(drawn, 0, 0);
    const { data } = canvas.getImageData(0, 0, drawn.width, drawn.height);
    const greys = Array.from({ length: data.length / 4 }, (_, at) => data[4 * at + 1]); // green is what eyes see best
    return { width: drawn.width, height: drawn.height, greys: btoa(String.fromCharCode(...greys)) };
}"""


def read(shown: Locator) -> list[str]:
    """What it says; dark on light alone, as some cameras want it."""
    said = shown.evaluate(GREYS, b64encode(shown.screenshot()).decode())
    picture = memoryview(b64decode(said["greys"])).cast("B", shape=[said["height"], said["width"]])
    return [code.text for code in zxingcpp.read_barcodes(picture, QR_CODES, try_invert=False)]
