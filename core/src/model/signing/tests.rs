use super::PublicKey;
use super::SigningKey;
use super::from_base64;

/// The order of the base point, little endian.
const ORDER: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

fn hex(text: &str) -> Vec<u8> {
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| u8::from_str_radix(str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

#[test]
fn keys_and_signatures_are_those_of_rfc_8032() {
    for (seed, public, message, signature) in [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e3\
             9701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3\
             613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f\
             760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
    ] {
        let key = SigningKey::from_seed(&hex(seed)).unwrap();
        assert_eq!(key.public().as_bytes().to_vec(), hex(public));
        assert_eq!(key.sign(&hex(message)).to_vec(), hex(signature));
        let public = PublicKey::new(&hex(public)).unwrap();
        assert!(public.verify(&hex(message), &hex(signature)));
        assert!(!public.verify(b"another", &hex(signature)));
    }
}

#[test]
fn a_second_form_of_a_signature_is_refused() {
    let key = SigningKey::from_seed(&[7; 32]).unwrap();
    let mut signature = key.sign(b"message");
    assert!(key.public().verify(b"message", &signature));
    let mut carry = 0;
    for (byte, order) in signature[32..].iter_mut().zip(ORDER) {
        let sum = u16::from(*byte) + u16::from(order) + carry;
        *byte = sum.to_le_bytes()[0];
        carry = sum >> 8;
    }
    assert!(!key.public().verify(b"message", &signature));
}

#[test]
fn a_signature_of_another_length_or_with_a_point_of_small_order_is_refused() {
    let key = SigningKey::from_seed(&[7; 32]).unwrap();
    let signature = key.sign(b"message");
    assert!(!key.public().verify(b"message", &signature[..63]));
    assert!(!key.public().verify(b"message", &[&signature[..], &[0]].concat()));
    let mut weak = signature;
    weak[..32].fill(0);
    weak[0] = 1;
    assert!(!key.public().verify(b"message", &weak));
}

#[test]
fn points_of_small_order_and_second_forms_are_no_keys() {
    let filled = |first: u8, middle: u8, last: u8| {
        let mut bytes = [middle; 32];
        (bytes[0], bytes[31]) = (first, last);
        bytes.to_vec()
    };
    let mut refused = vec![
        filled(0, 0, 0),
        filled(0, 0, 0x80),
        filled(1, 0, 0),
        filled(1, 0, 0x80),
        filled(0xec, 0xff, 0x7f),
        filled(0xec, 0xff, 0xff),
        hex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
        hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
        vec![7; 31],
        vec![7; 33],
    ];
    // Every coordinate from 2^255 - 19 on, with either sign.
    refused.extend((0xed..=0xff).map(|low| filled(low, 0xff, 0x7f)));
    refused.extend((0xed..=0xff).map(|low| filled(low, 0xff, 0xff)));
    for bytes in refused {
        assert_eq!(PublicKey::new(&bytes), None, "{bytes:02x?}");
    }
}

#[test]
fn base64_is_read_in_its_one_form() {
    assert_eq!(from_base64("AQ=="), Some(vec![1]));
    for text in ["AQ", "AQ=", "AR==", "AQ==\n", " AQ==", "AQ===", "A-_=", "A"] {
        assert_eq!(from_base64(text), None, "{text}");
    }
}
