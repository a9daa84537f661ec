//! From what an edition says to its profile.
//!
//! In: a [`Purpose`]. Out: the [`Profile`] it names, with the edition's paper, bleed, standards, marks and colours put in.
//! What does not fit together is reported, and left as the profile has it.

use crate::diag::{Code, Diagnostic, Sink, nearest};
use crate::source::{Sources, Span, Spanned, World};

use super::file::{ColorSpace, Intent, Standard};
use super::{Profile, Purpose, Rule, icc, load};

impl Purpose {
    /// The profile that is asked for; the screen's, if none is, or none of that name is found.
    pub fn profile(&self, world: &dyn World, sources: &Sources, sink: &Sink) -> Profile {
        let named = self.profile.as_ref();
        let found = named.and_then(|name| load::load(name, world, sources, sink));
        let mut profile = found.unwrap_or_else(Profile::screen);
        // An edition whose profile is not found would else be told that a screen has no paper.
        let known = named.is_none_or(|name| name.value == profile.name);
        self.choose_paper(&mut profile, known, sink);
        if known {
            self.choose_bleed(&mut profile, sink);
            self.choose_standards(&mut profile, sink);
            self.choose_marks(&mut profile, sink);
        }
        self.choose_colors(&mut profile, world, sink);
        self.check_intent(&profile, sink);
        profile
    }

    /// A file for a press says for which colours it was made; one that cannot must not claim what it is asked for.
    fn check_intent(&self, profile: &Profile, sink: &Sink) {
        let intent = profile.file.intent.as_ref();
        for standard in &profile.file.standards {
            let known = match standard {
                Standard::X1a => intent.is_some(),
                Standard::X4 => intent.is_some_and(|intent| intent.icc().is_some()),
                _ => true,
            };
            if known {
                continue;
            }
            let mut asked = self.standards.iter().flatten();
            let asked = asked.find(|asked| asked.value == *standard);
            let at = match asked {
                Some(asked) => asked.at,
                None => self.profile.as_ref().and_then(|profile| profile.at),
            };
            let message = format!(
                "{} cannot be kept to: nothing says what the colours of the press are",
                standard.name()
            );
            let found = Diagnostic::new(Code::StandardConflict, at, message);
            sink.push(found.hint("name the ICC profile of the press and the paper with `icc`"));
        }
    }

    fn choose_paper(&self, profile: &mut Profile, known: bool, sink: &Sink) {
        profile.paper = profile.papers.first().cloned();
        if let (Some(name), true) = (&self.paper, known) {
            let mut papers = profile.papers.iter();
            match papers.find(|paper| paper.name == name.value) {
                Some(paper) => profile.paper = Some(paper.clone()),
                None => sink.push(unknown_paper(profile, name)),
            }
        }
        if let Some(color) = profile.paper.as_ref().and_then(|paper| paper.color) {
            profile.file.color = color;
        }
    }

    fn choose_bleed(&self, profile: &mut Profile, sink: &Sink) {
        let Some(bleed) = self.bleed.as_ref().filter(|bleed| bleed.value) else {
            return;
        };
        profile.bleeds = profile.sheet.bleed.is_some();
        if profile.bleeds {
            return;
        }
        let found = if profile.prints() {
            profile.finding(
                Code::NoBleed,
                bleed.at,
                "sheet.bleed",
                true,
                format!("{} takes no pages with bleed", profile.printer),
            )
        } else {
            let message = "how far a page bleeds is for a printer to say, and no profile is named";
            Diagnostic::new(Code::NoBleed, bleed.at, message)
                .hint("name one, such as `profile: kdp-paperback`, or leave `bleed` out")
        };
        sink.push(found);
    }

    fn choose_standards(&self, profile: &mut Profile, sink: &Sink) {
        let Some(asked) = &self.standards else {
            return;
        };
        let mut kept: Vec<Spanned<Standard>> = Vec::new();
        for standard in asked {
            let conflict = kept.iter().find_map(|other| {
                let why = standard.value.conflict(other.value)?;
                Some((format!("it and {} {why}", other.value.name()), other.at))
            });
            let conflict = conflict.or_else(|| {
                let why = unfit(standard.value, profile)?;
                Some((format!("the profile `{}` {why}", profile.name), None))
            });
            let Some((why, other)) = conflict else {
                kept.push(standard.clone());
                continue;
            };
            let message = format!("{} cannot be kept to: {why}", standard.value.name());
            let found = Diagnostic::new(Code::StandardConflict, standard.at, message);
            let found = found.hint("ask for one of them, or make an edition of each");
            sink.push(match other {
                Some(at) if Some(at) != standard.at => found.label(at, "the other"),
                _ => found,
            });
        }
        if !asked.is_empty() && kept.is_empty() {
            return;
        }
        profile.file.standards = kept.into_iter().map(|standard| standard.value).collect();
    }

    fn choose_marks(&self, profile: &mut Profile, sink: &Sink) {
        let Some(marks) = &self.marks else {
            return;
        };
        profile.file.marks = marks.value;
        let any = marks.value.crop || marks.value.bars;
        if !any {
            return;
        }
        if let Some(Rule { value: false, sure }) = profile.sheet.marks {
            let message = format!(
                "{} takes no files with marks outside the trim",
                profile.printer
            );
            let found =
                profile.finding(Code::UnwantedMarks, marks.at, "sheet.marks", sure, message);
            sink.push(found.hint("leave `marks` out of this edition"));
        }
    }

    fn choose_colors(&self, profile: &mut Profile, world: &dyn World, sink: &Sink) {
        let Some(file) = &self.icc else { return };
        let refuse = |at: Option<Span>, code, message: String, hint: &str| {
            sink.push(Diagnostic::new(code, at, message).hint(hint));
        };
        let bytes = match world.read(file.value.as_ref()) {
            Ok(bytes) => bytes,
            Err(error) => {
                let code = match error.kind() {
                    std::io::ErrorKind::PermissionDenied => Code::OutsideFolder,
                    _ => Code::UnreadableFile,
                };
                let message = format!("`{}` cannot be read: {error}", file.value);
                let hint = "`icc` names an ICC profile in the book's folder";
                return refuse(file.at, code, message, hint);
            }
        };
        let Some(header) = icc::header(&bytes) else {
            let message = format!("`{}` is no ICC profile, or not a whole one", file.value);
            let hint = "ask the printer for the profile (`.icc`) of the press and the paper";
            return refuse(file.at, Code::BadIcc, message, hint);
        };
        let (wanted, of): (&[[u8; 4]], _) = if profile.prints() {
            (&[*b"prtr"], "a press")
        } else {
            (&[*b"mntr", *b"spac", *b"scnr"], "a screen")
        };
        // Black alone is one of four inks: a press's profile for four serves.
        let fits = match (profile.file.color, header.color) {
            (ColorSpace::Grey, Some(ColorSpace::Cmyk)) => true,
            (asked, found) => Some(asked) == found,
        };
        if !wanted.contains(&header.class) || !fits {
            let colors = match profile.file.color {
                ColorSpace::Rgb => "red, green and blue",
                ColorSpace::Grey => "black, or of four inks",
                ColorSpace::Cmyk => "four inks",
            };
            let message = format!("`{}` is not a profile of {of} for {colors}", file.value);
            let hint = "what is wanted follows from `profile` and `paper`";
            return refuse(file.at, Code::BadIcc, message, hint);
        }
        let info = if header.name.is_empty() {
            file.value.clone()
        } else {
            header.name
        };
        profile.file.intent = Some(Intent {
            // The name for what is in no registry (ISO 15930-7, 6.2.6): the profile itself says all.
            condition: "Custom".to_owned(),
            info,
            profile: Some(bytes),
        });
    }
}

fn unknown_paper(profile: &Profile, name: &Spanned<String>) -> Diagnostic {
    let names = || profile.papers.iter().map(|paper| paper.name.as_str());
    let message = match profile.papers.first() {
        Some(_) => format!("{} has no paper `{}`", profile.printer, name.value),
        None => format!("the profile `{}` knows no papers", profile.name),
    };
    let found = Diagnostic::new(Code::InvalidValue, name.at, message);
    let near = nearest(&name.value, names());
    match near {
        Some(near) => found.hint(format!("did you mean `{near}`?")),
        None if profile.papers.is_empty() => found.hint("leave `paper` out"),
        None => {
            let names: Vec<String> = names().map(|name| format!("`{name}`")).collect();
            found.hint(format!("its papers: {}", names.join(", ")))
        }
    }
}

/// Why a profile cannot give what a standard asks for.
fn unfit(standard: Standard, profile: &Profile) -> Option<&'static str> {
    use Standard as S;
    match standard {
        S::Ua1 | S::Ua2 | S::A2a if !profile.file.tagged => {
            Some("makes files for a press, without tags")
        }
        S::X1a | S::X4 if profile.file.interactive => Some("makes files with links, for a screen"),
        S::X1a if profile.file.color == ColorSpace::Rgb => {
            Some("prints in red, green and blue, which that standard does not know")
        }
        _ => None,
    }
}
