//! A cursor over YAML: the small steps of the locator.

/// Where it stands in a text.
pub(super) struct Scan<'a> {
    /// The text.
    pub bytes: &'a [u8],
    /// The next byte.
    pub at: usize,
}

impl Scan<'_> {
    /// What is left.
    pub fn rest(&self) -> &[u8] {
        &self.bytes[self.at..]
    }

    /// The next byte.
    pub fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Whether a line begins here.
    pub fn at_line_start(&self) -> bool {
        self.at == 0 || self.bytes[self.at - 1] == b'\n'
    }

    /// Whether white space or the end follows `ahead` bytes on.
    pub fn ends_token(&self, ahead: usize) -> bool {
        self.bytes
            .get(self.at + ahead)
            .is_none_or(u8::is_ascii_whitespace)
    }

    /// Bytes from the line's start: indentation is ASCII, so this is a column.
    pub fn column(&self) -> i64 {
        let line = self.bytes[..self.at]
            .iter()
            .rev()
            .take_while(|b| **b != b'\n');
        line.count() as i64
    }

    /// Skips the rest of the line.
    pub fn skip_line(&mut self) {
        while self.peek().is_some_and(|b| b != b'\n') {
            self.at += 1;
        }
    }

    /// Skips spaces and tabs.
    pub fn spaces(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r')) {
            self.at += 1;
        }
    }

    /// Skips white space, line ends and comments.
    pub fn blank(&mut self) {
        loop {
            self.spaces();
            match self.peek() {
                Some(b'\n') => self.at += 1,
                Some(b'#') if self.at == 0 || self.bytes[self.at - 1].is_ascii_whitespace() => {
                    self.skip_line()
                }
                _ if self.at == 0 && self.rest().starts_with("\u{feff}".as_bytes()) => self.at += 3,
                _ => return,
            }
        }
    }

    /// Skips anchors and tags, and the white space after each.
    pub fn properties(&mut self) {
        while matches!(self.peek(), Some(b'&' | b'!')) {
            while !self.ends_token(0) {
                self.at += 1;
            }
            self.blank();
        }
    }

    /// Whether the text or its first document is over.
    pub fn document_ends(&self) -> bool {
        self.at >= self.bytes.len()
            || (self.at_line_start()
                && (self.rest().starts_with(b"---") || self.rest().starts_with(b"..."))
                && self.ends_token(3))
    }

    /// Whether a list item begins here.
    pub fn is_dash(&self) -> bool {
        self.peek() == Some(b'-') && self.ends_token(1)
    }

    /// Whether a `:` that ends a key comes next on this line. After a quoted or flow key in flow context no white
    /// space need follow; `strict` asks for it.
    pub fn colon_follows(&self, strict: bool) -> bool {
        let mut ahead = self.at;
        while matches!(self.bytes.get(ahead), Some(b' ' | b'\t')) {
            ahead += 1;
        }
        self.bytes.get(ahead) == Some(&b':')
            && (!strict
                || self
                    .bytes
                    .get(ahead + 1)
                    .is_none_or(u8::is_ascii_whitespace))
    }

    /// Reads plain text to the end of its line, its `: ` or its comment; in flow context also to `, ] }`. Whether it
    /// stopped at a colon, so that it is a key.
    pub fn plain_line(&mut self, flow: bool) -> bool {
        while let Some(byte) = self.peek() {
            match byte {
                b'\n' => return false,
                b'#' if self.at > 0 && self.bytes[self.at - 1].is_ascii_whitespace() => {
                    return false;
                }
                b':' if self.ends_token(1) => return true,
                b':' if flow
                    && matches!(
                        self.bytes.get(self.at + 1),
                        Some(b',' | b']' | b'}' | b'[' | b'{')
                    ) =>
                {
                    return true;
                }
                b',' | b'[' | b']' | b'{' | b'}' if flow => return false,
                _ => self.at += 1,
            }
        }
        false
    }

    /// A quoted scalar.
    pub fn quoted(&mut self) {
        let quote = self.peek();
        self.at += 1;
        while let Some(byte) = self.peek() {
            self.at += 1;
            if byte == b'\\' && quote == Some(b'"') {
                self.at = (self.at + 1).min(self.bytes.len());
            } else if Some(byte) == quote {
                if byte == b'\'' && self.peek() == Some(b'\'') {
                    self.at += 1;
                } else {
                    return;
                }
            }
        }
    }

    /// `end` without the white space before it.
    pub fn trim(&self, start: usize, end: usize) -> usize {
        let text = &self.bytes[start..end.max(start)];
        start + text.trim_ascii_end().len()
    }
}
