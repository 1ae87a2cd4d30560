//! Any bytes as a certificate: as they are, and as the content of a PEM block.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    fuzz::report_on("server.der", data, Vec::new());
    fuzz::report_on("server.pem", &pem(data), Vec::new());
});

/// A PEM block around DER (RFC 7468), so that mutations reach the certificate and not only its base64.
fn pem(der: &[u8]) -> Vec<u8> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = b"-----BEGIN CERTIFICATE-----\n".to_vec();
    for (number, chunk) in der.chunks(3).enumerate() {
        let bits =
            chunk.iter().fold(0_usize, |sum, it| sum << 8 | usize::from(*it)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit = DIGITS.get(bits >> (18 - 6 * place) & 63).copied().unwrap_or(b'=');
            text.push(if place > chunk.len() { b'=' } else { digit });
        }
        if number % 16 == 15 {
            text.push(b'\n');
        }
    }
    text.extend_from_slice(b"\n-----END CERTIFICATE-----\n");
    text
}
