//! A printer's rule, and how sure it is.

/// What a printer asks, and whether that is known from the printer itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule<T> {
    /// What is asked.
    pub value: T,
    /// Whether it is sure; else nothing fails for it, an author is warned.
    pub sure: bool,
}

impl<T> Rule<T> {
    /// A rule that is sure.
    pub fn sure(value: T) -> Rule<T> {
        Rule { value, sure: true }
    }

    /// As sure a rule, of something that follows from this one.
    pub fn map<U>(self, follow: impl FnOnce(T) -> U) -> Rule<U> {
        Rule {
            value: follow(self.value),
            sure: self.sure,
        }
    }
}

/// Nothing is asked, for sure.
impl<T: Default> Default for Rule<T> {
    fn default() -> Rule<T> {
        Rule::sure(T::default())
    }
}
