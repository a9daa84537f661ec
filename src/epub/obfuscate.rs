//! Fonts that are of no use outside their book.
//!
//! In: a font, the book's unique identifier. Out: the font as EPUB 3.3 has it obfuscated (4.4, "Font obfuscation"), and the
//! file that says which ones are. It is no protection, and not meant as one: it shows that nobody may take them out.

use sha1_smol::Sha1;

use super::Xhtml;

/// How many bytes at the beginning are changed.
const REACH: usize = 1040;

/// What is done, as `encryption.xml` calls it.
const ALGORITHM: &str = "http://www.idpf.org/2008/embedding";

/// What the bytes are changed by: the SHA-1 of the identifier without its white space.
pub(super) fn key(identifier: &str) -> [u8; 20] {
    let bare: String = identifier
        .chars()
        .filter(|c| !matches!(c, ' ' | '\t' | '\r' | '\n'))
        .collect();
    Sha1::from(bare).digest().bytes()
}

/// Changes a font, or a changed one back.
pub(super) fn obfuscate(data: &mut [u8], key: &[u8; 20]) {
    for (byte, by) in data.iter_mut().take(REACH).zip(key.iter().cycle()) {
        *byte ^= by;
    }
}

/// `META-INF/encryption.xml`: which files of the container are changed.
pub(super) fn encryption(paths: &[String]) -> String {
    let mut out = Xhtml::with_capacity(256 * (paths.len() + 1));
    out.prolog("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    out.open("encryption")
        .attr("xmlns", "urn:oasis:names:tc:opendocument:xmlns:container")
        .attr("xmlns:enc", "http://www.w3.org/2001/04/xmlenc#")
        .line();
    for path in paths {
        out.open("enc:EncryptedData").line();
        out.open("enc:EncryptionMethod")
            .attr("Algorithm", ALGORITHM)
            .end_empty()
            .line();
        out.open("enc:CipherData").line();
        out.open("enc:CipherReference").attr("URI", path);
        out.end_empty().line().close().line().close().line();
    }
    out.close().line();
    out.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twice_is_once_less() {
        let hidden = key("urn:uuid:A1B0D67E-2E81-4DF5-9E67-A64CBE366809");
        assert_eq!(
            hidden,
            key(" urn:uuid:A1B0D67E-2E81-4DF5-\r\n\t9E67-A64CBE366809 ")
        );
        // By another program: printf %s urn:uuid:… | sha1sum
        let hex: String = hidden.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(hex, "cadfa4eec33f47580cdf7152e2a1954a626803f4");
        for length in [0, 7, 1039, 1040, 1041, 3000] {
            let font: Vec<u8> = (0..length).map(|at| (at * 7 % 251) as u8).collect();
            let mut changed = font.clone();
            obfuscate(&mut changed, &hidden);
            assert!(changed.iter().zip(&font).skip(REACH).all(|(a, b)| a == b));
            assert_eq!(changed == font, length == 0);
            obfuscate(&mut changed, &hidden);
            assert_eq!(changed, font);
        }
    }
}
