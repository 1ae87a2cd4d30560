//! Which algorithms count today: those of the profile that the node's crypto policy (still) allows.

use kernel::Policy;
use oidc::jws::{self, Algorithm, FAPI};

/// The shortest RSA key that the profile accepts, as the crypto policy is asked for it.
fn verdict(policy: &Policy, algorithm: Algorithm, now: i64) -> kernel::policy::Verdict {
    policy.check_jose(algorithm.name(), u32::try_from(FAPI.rsa_bits).unwrap_or_default(), now)
}

/// What this provider offers to verify at `now` (microseconds since the epoch).
pub fn offered(policy: &Policy, now: i64) -> Vec<String> {
    let allowed = FAPI.algorithms.iter().filter(|it| verdict(policy, **it, now).until() > now);
    allowed.map(|it| it.name().to_owned()).collect()
}

/// Whether the crypto policy allows what a token was signed with. What is no token is told by whoever verifies it.
///
/// # Errors
/// Names the algorithm and the entry of the policy.
pub fn allowed(policy: &Policy, token: &str, now: i64) -> Result<(), String> {
    let Ok(token) = jws::parse(token) else { return Ok(()) };
    match verdict(policy, token.header.algorithm, now) {
        kernel::policy::Verdict::Refused { message, .. } => {
            Err(format!("the crypto policy refuses {}: {message}", token.header.algorithm.name()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{allowed, offered};
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    use kernel::Policy;

    /// 21 November 2026, 12:00 UTC.
    const NOON: i64 = 1_795_262_400_000_000;

    fn token(algorithm: &str) -> String {
        let header = URL_SAFE_NO_PAD.encode(format!("{{\"alg\":\"{algorithm}\"}}"));
        format!("{header}.{}.AAAA", URL_SAFE_NO_PAD.encode("{}"))
    }

    #[test]
    fn what_the_policy_does_not_name_or_no_longer_names_is_refused() {
        let policy = Policy::shipped();
        assert_eq!(offered(&policy, NOON), ["PS256", "PS512", "ES256", "ES384"]);
        assert_eq!(allowed(&policy, &token("ES256"), NOON), Ok(()));
        assert!(allowed(&policy, &token("EdDSA"), NOON).unwrap_err().contains("EdDSA"));
        let at_the_end = 2_082_758_400_000_000;
        assert!(allowed(&policy, &token("ES256"), at_the_end).unwrap_err().contains("2035-12-31"));
        assert_eq!(offered(&policy, at_the_end), Vec::<String>::new());
        assert_eq!(allowed(&policy, "no token", NOON), Ok(()));
    }
}
