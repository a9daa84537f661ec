//! The good book, encrypted in every way that the standards know: all that is in it is judged nevertheless, and that it is encrypted is told.

use std::collections::BTreeMap;
use std::sync::Arc;

use lopdf::encryption::crypt_filters::{Aes128CryptFilter, Aes256CryptFilter, CryptFilter};
use lopdf::{EncryptionState, EncryptionVersion, Permissions};

use super::book::{Book, good};
use super::{checked, raised};

/// The ways, oldest first.
#[derive(Clone, Copy, Debug)]
enum Way {
    Rc4Short,
    Rc4,
    Aes128,
    Aes256,
}

fn encrypted(book: &Book, way: Way, password: &str, permissions: Permissions) -> Vec<u8> {
    let mut document = lopdf::Document::load_mem(&book.bytes()).expect("the book is sound");
    let filters = |filter: Arc<dyn CryptFilter>| BTreeMap::from([(b"StdCF".to_vec(), filter)]);
    let (stream_filter, string_filter) = (b"StdCF".to_vec(), b"StdCF".to_vec());
    let version = match way {
        Way::Rc4Short => EncryptionVersion::V1 {
            document: &document,
            owner_password: "owner",
            user_password: password,
            permissions,
        },
        Way::Rc4 => EncryptionVersion::V2 {
            document: &document,
            owner_password: "owner",
            user_password: password,
            key_length: 128,
            permissions,
        },
        Way::Aes128 => EncryptionVersion::V4 {
            document: &document,
            encrypt_metadata: true,
            crypt_filters: filters(Arc::new(Aes128CryptFilter)),
            stream_filter,
            string_filter,
            owner_password: "owner",
            user_password: password,
            permissions,
        },
        Way::Aes256 => EncryptionVersion::V5 {
            encrypt_metadata: true,
            crypt_filters: filters(Arc::new(Aes256CryptFilter)),
            file_encryption_key: &[7; 32],
            stream_filter,
            string_filter,
            owner_password: "owner",
            user_password: password,
            permissions,
        },
    };
    let state = EncryptionState::try_from(version).expect("such encryption can be made");
    document.encrypt(&state).expect("the book can be encrypted");
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("memory takes all");
    bytes
}

const WAYS: [Way; 4] = [Way::Rc4Short, Way::Rc4, Way::Aes128, Way::Aes256];

#[test]
fn encrypted_books_are_read_where_no_password_is_asked() {
    for way in WAYS {
        let bytes = encrypted(&good(), way, "", Permissions::all());
        let (document, found) = checked(&bytes);
        let told: Vec<_> = found.iter().map(|found| found.message.as_str()).collect();
        assert_eq!(
            told,
            ["the file is encrypted; it opens without a password and forbids nothing"],
            "{way:?}"
        );
        let document = document.unwrap();
        assert_eq!(
            document.pages[0].words(),
            "Whales\nWhales sing and\nsing on",
            "{way:?}"
        );
        assert_eq!(document.info["Title"], "Whales", "{way:?}");
    }
}

#[test]
fn faults_in_encrypted_books_are_found() {
    for way in WAYS {
        let mut book = good();
        book.swap(22, "/Alt(A whale)", "");
        let found = raised(&encrypted(&book, way, "", Permissions::all()));
        let found: Vec<_> = found.into_iter().collect();
        assert_eq!(found, ["encrypted-pdf", "undescribed-figure"], "{way:?}");
    }
}

#[test]
fn what_is_forbidden_is_told() {
    let permissions = Permissions::all() - Permissions::PRINTABLE - Permissions::COPYABLE;
    let (_, found) = checked(&encrypted(&good(), Way::Aes128, "", permissions));
    assert!(
        found[0].message.ends_with("forbids printing, copying"),
        "{}",
        found[0].message
    );
}

#[test]
fn a_password_is_asked_for() {
    for way in WAYS {
        let (document, found) = checked(&encrypted(&good(), way, "whale", Permissions::all()));
        assert!(document.is_none(), "{way:?}");
        assert_eq!(found.len(), 1, "{way:?}: {found:?}");
        assert!(
            found[0].message.contains("opens with a password alone"),
            "{way:?}"
        );
    }
}
