//! How recovery codes look.

/// Letters and digits that nobody takes for each other.
const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

/// A code of fifteen letters in three groups (75 bits), from random bytes.
pub fn code(random: &[u8; 15]) -> String {
    let mut text = String::with_capacity(17);
    for (place, byte) in random.iter().enumerate() {
        if place > 0 && place % 5 == 0 {
            text.push('-');
        }
        // 256 is a multiple of 32, so every letter is equally likely.
        text.push(LETTERS.get(usize::from(byte % 32)).map_or('A', |it| char::from(*it)));
    }
    text
}

/// A code as it is compared: however it was written down.
pub fn plain(code: &str) -> String {
    let code: String = code.chars().filter(char::is_ascii_alphanumeric).take(40).collect();
    code.to_ascii_uppercase().replace('0', "O").replace('1', "I")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_however_they_are_written() {
        let made = code(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 31, 32, 255, 7]);
        assert_eq!(made, "ABCDE-FGHJK-L9A9H");
        assert_eq!(plain("abcde fghjk l9a9h"), plain(&made));
        assert_ne!(plain("abcde fghjk l9a9j"), plain(&made));
    }
}
