//! The words that RTF is made of.

/// A piece of an RTF file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RtfToken<'a> {
    Open,
    Close,
    /// A control word, such as `\b0`.
    Word {
        name: &'a str,
        parameter: Option<i32>,
    },
    /// A control sign, such as `\~`.
    Sign(u8),
    /// A byte of text in the code page, written `\'e9`.
    Byte(u8),
    /// Bytes of text in the code page, without line ends.
    Text(&'a [u8]),
}

/// Cuts a file into its pieces. Every file is some; what is no RTF is text.
#[derive(Debug, Clone)]
pub(super) struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Tokens { rest: bytes }
    }

    fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(count.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    fn skip_while(&mut self, is_skipped: impl Fn(u8) -> bool) -> &'a [u8] {
        let end = self.rest.iter().position(|byte| !is_skipped(*byte));
        self.take(end.unwrap_or(self.rest.len()))
    }

    /// What follows a backslash.
    fn control(&mut self) -> Option<RtfToken<'a>> {
        let first = *self.rest.first()?;
        if first.is_ascii_alphabetic() {
            return Some(self.word());
        }
        self.take(1);
        Some(match first {
            b'\'' => {
                let digits = self.rest.get(..2).and_then(|digits| {
                    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
                });
                match digits {
                    Some(byte) => {
                        self.take(2);
                        RtfToken::Byte(byte)
                    }
                    None => RtfToken::Sign(first),
                }
            }
            b'\\' | b'{' | b'}' => RtfToken::Byte(first),
            b'\r' | b'\n' => RtfToken::Word {
                name: "par",
                parameter: None,
            },
            first => RtfToken::Sign(first),
        })
    }

    fn word(&mut self) -> RtfToken<'a> {
        let name = self.skip_while(|byte| byte.is_ascii_alphabetic());
        let is_negative =
            self.rest.first() == Some(&b'-') && self.rest.get(1).is_some_and(u8::is_ascii_digit);
        if is_negative {
            self.take(1);
        }
        let digits = self.skip_while(|byte| byte.is_ascii_digit());
        if self.rest.first() == Some(&b' ') {
            self.take(1);
        }
        let number: Option<i32> = std::str::from_utf8(digits)
            .ok()
            .and_then(|digits| digits.parse().ok());
        let parameter = number.map(|number| if is_negative { -number } else { number });
        if name == b"bin" {
            self.take(usize::try_from(parameter.unwrap_or(0)).unwrap_or(0));
        }
        RtfToken::Word {
            name: std::str::from_utf8(name).unwrap_or_default(),
            parameter,
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = RtfToken<'a>;

    fn next(&mut self) -> Option<RtfToken<'a>> {
        self.skip_while(|byte| matches!(byte, b'\r' | b'\n' | 0));
        match self.rest.first()? {
            b'{' => {
                self.take(1);
                Some(RtfToken::Open)
            }
            b'}' => {
                self.take(1);
                Some(RtfToken::Close)
            }
            b'\\' => {
                self.take(1);
                self.control()
            }
            _ => {
                let text = self
                    .skip_while(|byte| !matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0));
                Some(RtfToken::Text(text))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(rtf: &[u8], expected: &[RtfToken<'_>]) {
        assert_eq!(Tokens::new(rtf).collect::<Vec<_>>(), expected);
    }

    fn word(name: &str, parameter: Option<i32>) -> RtfToken<'_> {
        RtfToken::Word { name, parameter }
    }

    #[test]
    fn words_have_parameters_and_take_one_space() {
        check(
            br"{\b0\li-20 a  b}",
            &[
                RtfToken::Open,
                word("b", Some(0)),
                word("li", Some(-20)),
                RtfToken::Text(b"a  b"),
                RtfToken::Close,
            ],
        );
    }

    #[test]
    fn bytes_signs_and_line_ends_are_told_apart() {
        check(
            b"\\'e9\\~\\{\\\na\r\nb",
            &[
                RtfToken::Byte(0xe9),
                RtfToken::Sign(b'~'),
                RtfToken::Byte(b'{'),
                word("par", None),
                RtfToken::Text(b"a"),
                RtfToken::Text(b"b"),
            ],
        );
    }

    #[test]
    fn binary_data_is_passed_over_as_far_as_there_is_any() {
        check(
            br"\bin3 {{{x",
            &[word("bin", Some(3)), RtfToken::Text(b"x")],
        );
        check(br"\bin999999 {{", &[word("bin", Some(999_999))]);
        check(br"\bin-5 x", &[word("bin", Some(-5)), RtfToken::Text(b"x")]);
        check(b"\\", &[]);
        check(b"\\'", &[RtfToken::Sign(b'\'')]);
        check(b"\\b99999999999", &[word("b", None)]);
    }
}
