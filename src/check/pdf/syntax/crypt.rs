//! Encryption by a password (ISO 32000-1, 7.6; ISO 32000-2, 7.6), as far as a file opens without one.
//!
//! In: what the trailer says of it. Out: the means to read strings and streams, or why there are none. No password is tried but the empty
//! one, which viewers try before they ask. The key costs a hundred hashes, or some hundred rounds of the newest kind; what is decrypted
//! is never more than the file.

use std::collections::BTreeMap;

use aes::cipher::block_padding::NoPadding;
use aes::cipher::{BlockModeDecrypt, BlockModeEncrypt, KeyInit, KeyIvInit, StreamCipher};
use md5::{Digest, Md5};
use rc4::Rc4;
use sha2::{Sha256, Sha384, Sha512};

use super::object::{Dict, Object, Ref};

/// What fills passwords up to 32 bytes (7.6.3.3): all of the empty one.
const FILL: [u8; 32] = [
    0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA, 0x01, 0x08,
    0x2E, 0x2E, 0x00, 0xB6, 0xD0, 0x68, 0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A,
];

/// Rounds of the newest hash, at most. One round in eight ends it from the 64th on, so no file comes near.
const ROUNDS: u32 = 1024;

/// How something is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    /// Not at all.
    Plain,
    Rc4,
    Aes128,
    Aes256,
}

/// Why a file cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Locked {
    /// It opens with a password alone.
    Password,
    /// In a way that is not known: the end of a sentence.
    Unknown(String),
}

/// What readers may do with an encrypted file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Permissions(pub(crate) u32);

/// The means to read an encrypted file.
#[derive(Debug)]
pub(crate) struct Crypt {
    key: Vec<u8>,
    strings: Method,
    streams: Method,
    /// Those that streams name themselves.
    named: BTreeMap<String, Method>,
    /// Whether the metadata are encrypted too.
    metadata: bool,
    pub(crate) permissions: Permissions,
}

impl Crypt {
    /// What the trailer's `Encrypt` and the first part of its `ID` give. `resolve` follows references.
    pub(crate) fn open<'a>(
        dict: &'a Dict,
        id: &[u8],
        resolve: &dyn Fn(&'a Object) -> &'a Object,
    ) -> Result<Crypt, Locked> {
        let get = |key: &str| resolve(dict.raw(key));
        let filter = get("Filter").name().unwrap_or_default();
        if filter != "Standard" {
            return Err(Locked::Unknown(format!("by `{filter}`")));
        }
        let whole = |key: &str, default| get(key).integer().unwrap_or(default);
        let (version, revision) = (whole("V", 0), whole("R", 0));
        let metadata = !matches!(get("EncryptMetadata"), Object::Boolean(false));
        let mut named = BTreeMap::new();
        if let Some(filters) = get("CF").dict() {
            for (name, value) in &filters.0 {
                let method = resolve(value)
                    .dict()
                    .and_then(|own| resolve(own.raw("CFM")).name());
                let name = String::from_utf8_lossy(name).into_owned();
                named.extend(method.and_then(|method| Some((name, method_of(&method)?))));
            }
        }
        let (strings, streams) = match version {
            1 | 2 => (Method::Rc4, Method::Rc4),
            4 | 5 => {
                let method = |key: &str| match get(key).name().as_deref() {
                    None | Some("Identity") => Some(Method::Plain),
                    Some(name) => named.get(name).copied(),
                };
                let unknown =
                    || Locked::Unknown("by a filter that it does not describe".to_owned());
                (
                    method("StrF").ok_or_else(unknown)?,
                    method("StmF").ok_or_else(unknown)?,
                )
            }
            _ => return Err(Locked::Unknown(format!("in version {version}"))),
        };
        let permissions = whole("P", -1) as u32;
        let (owner, user) = (bytes(get("O")), bytes(get("U")));
        let key = match revision {
            2..=4 => {
                let told = usize::try_from(whole("Length", 40) / 8).unwrap_or(5);
                // Some writers tell no length, or another than theirs.
                let lengths = match version {
                    1 => vec![5],
                    4 => vec![16],
                    _ => vec![told.clamp(5, 16), 16, 5],
                };
                let mut hash = Md5::new();
                hash.update(FILL);
                hash.update(&owner[..owner.len().min(32)]);
                hash.update(permissions.to_le_bytes());
                hash.update(id);
                if revision == 4 && !metadata {
                    hash.update([0xFF; 4]);
                }
                let hash = hash.finalize().to_vec();
                lengths
                    .into_iter()
                    .find_map(|length| old_key(hash.clone(), revision, length, id, user))
            }
            5 | 6 => {
                let own = new_key(user, bytes(get("UE")), &[], revision);
                // The owner's password may be the empty one, though the reader's is not.
                own.or_else(|| new_key(owner, bytes(get("OE")), user.get(..48)?, revision))
            }
            _ => return Err(Locked::Unknown(format!("in revision {revision}"))),
        };
        Ok(Crypt {
            key: key.ok_or(Locked::Password)?,
            strings,
            streams,
            named,
            metadata,
            permissions: Permissions(permissions),
        })
    }

    /// A string of an object, as it is meant.
    pub(crate) fn string(&self, own: Ref, text: &[u8]) -> Vec<u8> {
        let mut text = text.to_vec();
        let range = self.decrypt(self.strings, own, &mut text);
        text.truncate(range.end);
        text.drain(..range.start);
        text
    }

    /// A stream of an object, decrypted where it stands; gives what of it is meant.
    pub(crate) fn stream(&self, own: Ref, dict: &Dict, data: &mut [u8]) -> std::ops::Range<usize> {
        let first = |key: &str| match dict.raw(key) {
            Object::Array(list) => list.first().unwrap_or(&super::NULL).clone(),
            other => other.clone(),
        };
        let method = if dict.is("Type", "XRef") {
            Method::Plain
        } else if first("Filter").is_name("Crypt") {
            let parameters = first("DecodeParms");
            let name = parameters.dict().and_then(|own| own.raw("Name").name());
            let named = name.and_then(|name| self.named.get(&name).copied());
            named.unwrap_or(Method::Plain)
        } else if dict.is("Type", "Metadata") && !self.metadata {
            Method::Plain
        } else {
            self.streams
        };
        self.decrypt(method, own, data)
    }

    fn decrypt(&self, method: Method, own: Ref, data: &mut [u8]) -> std::ops::Range<usize> {
        let key = match method {
            Method::Plain => return 0..data.len(),
            Method::Aes256 => self.key.clone(),
            Method::Rc4 | Method::Aes128 => {
                let mut hash = Md5::new();
                hash.update(&self.key);
                hash.update(&own.number.to_le_bytes()[..3]);
                hash.update(own.generation.to_le_bytes());
                if method == Method::Aes128 {
                    hash.update(b"sAlT");
                }
                let mut key = hash.finalize().to_vec();
                key.truncate((self.key.len() + 5).min(16));
                key
            }
        };
        if method == Method::Rc4 {
            rc4(&key, data);
            return 0..data.len();
        }
        // The first block begins the chain; whatever is no whole block is lost, as to viewers.
        let whole = data.len() / 16 * 16;
        let Some((first, rest)) = data[..whole].split_at_mut_checked(16) else {
            return 0..0;
        };
        let done = if method == Method::Aes128 {
            cbc::Decryptor::<aes::Aes128>::new_from_slices(&key, first)
                .is_ok_and(|engine| engine.decrypt_padded::<NoPadding>(rest).is_ok())
        } else {
            cbc::Decryptor::<aes::Aes256>::new_from_slices(&key, first)
                .is_ok_and(|engine| engine.decrypt_padded::<NoPadding>(rest).is_ok())
        };
        if !done {
            return 0..data.len();
        }
        // The last byte says how many were filled in.
        let filled = rest.last().map_or(0, |last| usize::from(*last));
        let filled = if (1..=16).contains(&filled) {
            filled
        } else {
            0
        };
        16..(whole - filled).max(16)
    }
}

impl Permissions {
    /// What readers are forbidden to do (table 22).
    pub(crate) fn forbidden(self) -> Vec<&'static str> {
        let all = [
            (3, "printing"),
            (4, "changing"),
            (5, "copying"),
            (6, "commenting"),
            (10, "reading aloud"),
        ];
        all.into_iter()
            .filter(|(bit, _)| self.0 >> (bit - 1) & 1 == 0)
            .map(|(_, what)| what)
            .collect()
    }
}

fn method_of(name: &str) -> Option<Method> {
    match name {
        "None" => Some(Method::Plain),
        "V2" => Some(Method::Rc4),
        "AESV2" => Some(Method::Aes128),
        "AESV3" => Some(Method::Aes256),
        _ => None,
    }
}

fn bytes(value: &Object) -> &[u8] {
    value.bytes().unwrap_or_default()
}

fn rc4(key: &[u8], data: &mut [u8]) {
    // Keys of 5 to 16 bytes are in its range.
    if let Ok(mut engine) = Rc4::new_from_slice(key) {
        engine.apply_keystream(data);
    }
}

/// The file's key by hashes of MD5 (algorithms 2, 4 and 5), if the empty password is the one.
fn old_key(
    mut key: Vec<u8>,
    revision: i64,
    length: usize,
    id: &[u8],
    user: &[u8],
) -> Option<Vec<u8>> {
    if revision >= 3 {
        for _ in 0..50 {
            key = Md5::digest(&key[..length]).to_vec();
        }
    }
    key.truncate(length);
    if revision == 2 {
        let mut told = FILL;
        rc4(&key, &mut told);
        return (user.get(..32) == Some(&told[..])).then_some(key);
    }
    let mut hash = Md5::new();
    hash.update(FILL);
    hash.update(id);
    let mut told = hash.finalize().to_vec();
    for round in 0..20u8 {
        let own: Vec<u8> = key.iter().map(|byte| byte ^ round).collect();
        rc4(&own, &mut told);
    }
    (user.get(..16) == Some(told.as_slice())).then_some(key)
}

/// The file's key of 32 bytes (ISO 32000-2, algorithm 2.A), if the empty password is the one. `told` is what the file has of the password,
/// `behind` what is hashed with it besides.
fn new_key(told: &[u8], wrapped: &[u8], behind: &[u8], revision: i64) -> Option<Vec<u8>> {
    let (told, check, salt) = (told.get(..32)?, told.get(32..40)?, told.get(40..48)?);
    let hash = |salt: &[u8]| {
        let first = Sha256::digest([salt, behind].concat()).to_vec();
        if revision == 5 {
            Some(first)
        } else {
            slow_hash(first, behind)
        }
    };
    if hash(check)?.as_slice() != told {
        return None;
    }
    let mut key = wrapped.get(..32)?.to_vec();
    cbc::Decryptor::<aes::Aes256>::new_from_slices(&hash(salt)?, &[0; 16])
        .ok()?
        .decrypt_padded::<NoPadding>(&mut key)
        .ok()?;
    Some(key)
}

/// The hash of PDF 2.0 (ISO 32000-2, algorithm 2.B) for the empty password, from its first one.
fn slow_hash(first: Vec<u8>, behind: &[u8]) -> Option<Vec<u8>> {
    let mut key = first;
    for round in 1..=ROUNDS {
        let mut block = [&key, behind].concat().repeat(64);
        let length = block.len();
        cbc::Encryptor::<aes::Aes128>::new_from_slices(&key[..16], &key[16..32])
            .ok()?
            .encrypt_padded::<NoPadding>(&mut block, length)
            .ok()?;
        // The first 16 bytes as one number, divided by three: 256 leaves one, so their sum will do.
        let rest = block[..16].iter().map(|byte| u32::from(*byte)).sum::<u32>() % 3;
        key = match rest {
            0 => Sha256::digest(&block).to_vec(),
            1 => Sha384::digest(&block).to_vec(),
            _ => Sha512::digest(&block).to_vec(),
        };
        let last = block.last().map_or(0, |last| u32::from(*last));
        if round >= 64 && last <= round - 32 {
            key.truncate(32);
            return Some(key);
        }
    }
    None
}
