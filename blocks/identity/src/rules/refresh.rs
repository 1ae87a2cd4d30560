//! Refresh tokens: which grant, which generation, and a mark that only this node can make.

use super::secrets;
use uuid::Uuid;

/// The refresh token of a generation of a grant.
pub fn make(secret: &[u8; 32], grant: &Uuid, generation: i64) -> String {
    format!("{}.{generation}.{}", grant.simple(), mark(secret, grant, generation))
}

/// The grant and the generation of a refresh token that this node made.
pub fn read(secret: &[u8; 32], token: &str) -> Option<(Uuid, i64)> {
    let mut parts = token.splitn(3, '.');
    let grant: Uuid = parts.next()?.parse().ok()?;
    let generation: i64 = parts.next()?.parse().ok()?;
    secrets::equal(parts.next()?, &mark(secret, &grant, generation)).then_some((grant, generation))
}

fn mark(secret: &[u8; 32], grant: &Uuid, generation: i64) -> String {
    secrets::keyed(secret, &["refresh", &grant.to_string(), &generation.to_string()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_node_makes_them() {
        let grant = Uuid::from_u128(7);
        let token = make(&[1; 32], &grant, 3);
        assert_eq!(read(&[1; 32], &token), Some((grant, 3)));
        assert_eq!(read(&[2; 32], &token), None);
        let older = token.replacen(".3.", ".2.", 1);
        assert_eq!(read(&[1; 32], &older), None);
        assert_eq!(read(&[1; 32], "garbage"), None);
    }
}
