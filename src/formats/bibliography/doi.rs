//! Digital Object Identifiers: 10.1016/j.cpc.2010.06.025, and short ones, 10/fn9rpc, which stand for
//! them. A short one is so plain that prose may have it by chance; it is one only in a field for it
//! or in the address of a resolver.

/// A DOI without its resolver, or a short one that is all that is said; empty if there is neither.
pub(crate) fn bare_doi(said: &str) -> String {
    // A registrant's number is short: 10.1000 or 10.1000.10.
    const MAX_REGISTRANT_BYTES: usize = 32;
    let found = said.match_indices("10.").find_map(|(at, _)| {
        let before = said.get(..at)?.chars().next_back();
        if before.is_some_and(|before| before.is_alphanumeric() || before == '.') {
            return None;
        }
        let doi = said.get(at..)?;
        let near = doi.get(..doi.floor_char_boundary(MAX_REGISTRANT_BYTES))?;
        let (registrant, _) = near.strip_prefix("10.")?.split_once('/')?;
        let is_registrant = !registrant.is_empty()
            && registrant
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.');
        let name = doi.get("10.".len() + registrant.len() + "/".len()..)?;
        (is_registrant && !name.trim().is_empty()).then(|| doi.trim())
    });
    let short = || short_doi(said).or_else(|| short_doi_of_address(said));
    found.map(str::to_owned).or_else(short).unwrap_or_default()
}

/// The short DOI that an address at a resolver leads to.
pub(crate) fn short_doi_of_address(address: &str) -> Option<String> {
    let rest = ["https://", "http://"]
        .iter()
        .find_map(|scheme| address.trim().strip_prefix(scheme))?;
    let (host, path) = rest.split_once('/')?;
    let is_resolver = ["doi.org", "dx.doi.org", "www.doi.org"]
        .iter()
        .any(|resolver| host.eq_ignore_ascii_case(resolver));
    short_doi(path).filter(|_| is_resolver)
}

/// A short DOI that is all that is said.
fn short_doi(said: &str) -> Option<String> {
    let said = said.trim();
    let said = match said.split_at_checked("doi:".len()) {
        Some((sign, rest)) if sign.eq_ignore_ascii_case("doi:") => rest.trim_start(),
        _ => said,
    };
    let name = said.strip_prefix("10/")?;
    let is_name =
        (3..=12).contains(&name.len()) && name.bytes().all(|it| it.is_ascii_alphanumeric());
    is_name.then(|| said.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_looks_like_a_doi_is_none() {
        for none in [
            "10.5",
            "10. 10. 10. 10. 10. 10. 10. 10. 10/x",
            "v10.1/x",
            "10.a/b",
            "10.1000/",
            "210.1000/x",
            "https://10.0.0.1",
            // A slash is looked for only so far.
            "10.11111111111111111111111111111111/x",
        ] {
            assert_eq!(bare_doi(none), "", "{none}");
        }
        assert_eq!(bare_doi("v10.1/x, 10.2/é "), "10.2/é");
    }

    #[test]
    fn a_short_doi_is_one_in_its_field_or_at_a_resolver_alone() {
        for said in [
            "10/fn9rpc",
            " doi:10/fn9rpc",
            "DOI: 10/fn9rpc",
            "https://doi.org/10/fn9rpc",
            "http://dx.doi.org/10/fn9rpc",
        ] {
            assert_eq!(bare_doi(said), "10/fn9rpc", "{said}");
        }
        for none in [
            "on 10/12 of them",
            "10/12",
            "10/a b",
            "5.10/fn9rpc",
            "https://example.org/10/fn9rpc",
            "https://doi.org/10/fn9rpc/more",
        ] {
            assert_eq!(bare_doi(none), "", "{none}");
        }
    }
}
