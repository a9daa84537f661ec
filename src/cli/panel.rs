//! Validators from outside, started.
//!
//! In: what `--with` names, and a file's bytes. Out: what each validator said. The file is written into a temporary folder, the
//! validator is started with it, is given a limited time, and the folder is removed. Nothing is ever fetched: a validator is on the PATH
//! or where the user says.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rayon::prelude::*;

use crate::build::{self, Silence, Verdict};
use crate::check::Kind;
use crate::check::external::{Reports, Said, Validator};

/// How long a validator may take. EPUBCheck and Ace need half a minute for the largest books.
const LIMIT: Duration = Duration::from_secs(300);

/// How long to wait before looking again whether a validator is done.
const NAP: Duration = Duration::from_millis(20);

/// Of what a validator reports, at most this much is read, in bytes.
const MOST: u64 = 64 << 20;

/// Stands for the file in a command.
const FILE: &str = "{file}";

/// Stands for the path of the report in a command.
const REPORT: &str = "{report}";

/// A validator that is to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    validator: Validator,
    /// What it is called by, word for word; its own name if there is none.
    command: Vec<String>,
}

/// Reads what stands behind `--with`: names, or a name and a command.
///
/// # Errors
/// A sentence for the user.
pub fn asked(text: &str) -> Result<Vec<Asked>, String> {
    let named = |name: &str| {
        let all = Validator::ALL.into_iter();
        let found = all.clone().find(|known| known.name() == name);
        found.ok_or_else(|| {
            let names: Vec<&str> = all.map(Validator::name).collect();
            format!("`{name}` is none of {}", names.join(", "))
        })
    };
    if let Some((name, command)) = text.split_once('=') {
        let command = words(command)?;
        let validator = named(name.trim())?;
        if command.is_empty() {
            return Err(format!("write {name}=COMMAND"));
        }
        return Ok(vec![Asked { validator, command }]);
    }
    let names = text
        .split(',')
        .map(str::trim)
        .filter(|name| !name.is_empty());
    names
        .map(|name| {
            named(name).map(|validator| Asked {
                validator,
                command: Vec::new(),
            })
        })
        .collect()
}

/// The words of a command: parted by blanks, but for those in quotes. A path that is a file may have blanks of its own.
fn words(command: &str) -> Result<Vec<String>, String> {
    if Path::new(command).is_file() {
        return Ok(vec![command.to_owned()]);
    }
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in command.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    match quote {
        Some(open) => Err(format!("a {open} is not closed")),
        None => Ok(words),
    }
}

/// The validators of a run.
pub struct Panel(pub Vec<Asked>);

impl Panel {
    /// Whether a validator is asked.
    pub fn asks(&self, validator: Validator) -> bool {
        self.0.iter().any(|asked| asked.validator == validator)
    }
}

impl build::Panel for Panel {
    fn ask(&self, name: &str, kind: Kind, bytes: &[u8]) -> Vec<Verdict> {
        let mut fit: Vec<&Asked> = Vec::new();
        for asked in self.0.iter().rev() {
            // Of two commands for one validator the later one holds.
            let known = |other: &&Asked| other.validator == asked.validator;
            if asked.validator.judges() == kind && !fit.iter().any(known) {
                fit.push(asked);
            }
        }
        fit.sort_by_key(|asked| asked.validator);
        fit.into_par_iter()
            .map(|asked| Verdict {
                validator: asked.validator,
                said: asked.ask(name, bytes),
            })
            .collect()
    }
}

impl Asked {
    fn ask(&self, name: &str, bytes: &[u8]) -> Result<Said, Silence> {
        // Who says how it is called has a reason to have the file judged.
        let own = self.command.iter().any(|word| word.contains(FILE));
        if !own && !self.validator.has_say(bytes) {
            return Err(Silence::NothingClaimed);
        }
        let failed = |error: io::Error| Silence::Failed(error.to_string());
        let folder = tempfile::Builder::new()
            .prefix("recto-")
            .tempdir()
            .map_err(failed)?;
        let file = folder.path().join(plain(name));
        fs::write(&file, bytes).map_err(failed)?;
        let report = folder.path().join("report");
        let mut words = self.words(&file, &report);
        let program = words.remove(0);
        let printed = |name: &str| folder.path().join(name);
        let (out, err) = (printed("printed"), printed("said"));
        let mut command = Command::new(&program);
        command
            .args(&words)
            .stdin(Stdio::null())
            .stdout(File::create(&out).map_err(failed)?)
            .stderr(File::create(&err).map_err(failed)?);
        let child = start(&mut command).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Silence::Missing(program.clone()),
            _ => Silence::Failed(format!("`{program}` cannot be started: {error}")),
        })?;
        let exit = wait(child, LIMIT).map_err(Silence::Failed)?;
        let found = match self.validator.reports() {
            // A command of the user's may print what the program itself would write.
            Reports::In(inner) if report.join(inner).is_file() => report.join(inner),
            _ if report.is_file() => report,
            _ => out,
        };
        Ok(Said {
            report: read(&found)?,
            printed: read(&err)?,
            exit,
        })
    }

    /// What is called: the user's command, or the program by its name, with its own arguments if the command has none for the file.
    fn words(&self, file: &Path, report: &Path) -> Vec<String> {
        let mut words = self.command.clone();
        if words.is_empty() {
            words.push(self.validator.name().to_owned());
        }
        if !words.iter().any(|word| word.contains(FILE)) {
            let own = self.validator.arguments().iter();
            words.extend(own.map(|word| (*word).to_owned()));
        }
        let (file, report) = (file.to_string_lossy(), report.to_string_lossy());
        let filled = words
            .iter()
            .map(|word| word.replace(FILE, &file).replace(REPORT, &report));
        filled.collect()
    }
}

/// A file's name as the temporary folder has it.
fn plain(name: &str) -> PathBuf {
    let name = Path::new(name).file_name();
    name.map_or_else(|| PathBuf::from("book"), PathBuf::from)
}

/// Starts a program at the head of a group of its own, so that what it starts can be ended with it.
fn start(command: &mut Command) -> io::Result<Child> {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    command.spawn()
}

/// Waits until a program is done: its exit code, `None` if a signal ended it.
fn wait(mut child: Child, limit: Duration) -> Result<Option<i32>, String> {
    let begun = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status.code()),
            Ok(None) if begun.elapsed() < limit => thread::sleep(NAP),
            Ok(None) => {
                end(&mut child);
                return Err(format!("it took more than {} s", limit.as_secs()));
            }
            Err(error) => {
                end(&mut child);
                return Err(error.to_string());
            }
        }
    }
}

/// Ends a program and all of its group: many are scripts that start another.
fn end(child: &mut Child) {
    #[cfg(unix)]
    let _ = Command::new("kill")
        .args(["-KILL", "--", &format!("-{}", child.id())])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    // It may have ended by itself in between.
    let _ = child.kill();
    let _ = child.wait();
}

/// A text that a validator wrote; what is no UTF-8 in it is replaced.
fn read(path: &Path) -> Result<String, Silence> {
    let mut bytes = Vec::new();
    let file = File::open(path).and_then(|file| file.take(MOST + 1).read_to_end(&mut bytes));
    if let Err(error) = file {
        return Err(Silence::Failed(format!(
            "its report cannot be read: {error}"
        )));
    }
    if bytes.len() as u64 > MOST {
        return Err(Silence::Failed(format!(
            "its report is larger than {} MB",
            MOST >> 20
        )));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn validators_are_named_with_and_without_commands() {
        let names = |text: &str| {
            let asked = asked(text)?;
            let shown = asked.iter().map(|asked| {
                let mut words = vec![asked.validator.name().to_owned()];
                words.extend(asked.command.clone());
                words.join("|")
            });
            Ok::<_, String>(shown.collect::<Vec<_>>())
        };
        assert_eq!(
            names("epubcheck, qpdf"),
            Ok(vec!["epubcheck".into(), "qpdf".into()])
        );
        let jar = "epubcheck=java -jar 'my tools/epubcheck.jar'";
        assert_eq!(
            names(jar),
            Ok(vec!["epubcheck|java|-jar|my tools/epubcheck.jar".into()])
        );
        assert_eq!(
            names("epubchek"),
            Err("`epubchek` is none of epubcheck, ace, verapdf, qpdf".into())
        );
        assert_eq!(names("ace="), Err("write ace=COMMAND".into()));
        assert_eq!(names("ace='ace"), Err("a ' is not closed".into()));
    }

    #[test]
    fn a_command_says_where_the_file_goes_or_is_given_the_usual_words() {
        let filled = |text: &str| {
            let asked = asked(text).unwrap().remove(0);
            asked
                .words(Path::new("/t/a.epub"), Path::new("/t/report"))
                .join(" ")
        };
        assert_eq!(filled("epubcheck"), "epubcheck /t/a.epub --json /t/report");
        assert_eq!(
            filled("epubcheck=java -jar e.jar"),
            "java -jar e.jar /t/a.epub --json /t/report"
        );
        assert_eq!(
            filled("ace=judge.sh {file} {report}"),
            "judge.sh /t/a.epub /t/report"
        );
    }

    #[cfg(unix)]
    #[test]
    fn what_takes_too_long_is_ended_with_all_that_it_started() {
        let folder = tempfile::tempdir().unwrap();
        let mark = folder.path().join("mark");
        let mut command = Command::new("sh");
        // The inner shell outlives the outer one unless both are ended.
        let inner = format!("sh -c 'sleep 1; touch {}' & wait", mark.display());
        command.args(["-c", &inner]);
        let child = start(&mut command).unwrap();
        let said = wait(child, Duration::from_millis(100));
        assert_eq!(said, Err("it took more than 0 s".into()));
        thread::sleep(Duration::from_millis(1500));
        assert!(!mark.exists());
    }

    #[cfg(unix)]
    #[test]
    fn what_a_validator_says_is_heard_and_what_hinders_it_told() {
        let ask = |text: &str| asked(text).unwrap().remove(0).ask("a.pdf", b"%PDF-1.7");
        let said = ask("qpdf=sh -c 'echo fine {file}; echo hm >&2; exit 3' {file}").unwrap();
        assert!(said.report.starts_with("fine /") && said.report.ends_with("/a.pdf\n"));
        assert_eq!((said.printed.as_str(), said.exit), ("hm\n", Some(3)));
        let said = ask("epubcheck=sh -c 'echo {} > \"$0\"; echo aside' {report} {file}").unwrap();
        assert_eq!(said.report, "{}\n");
        assert_eq!(
            ask("qpdf=/no/such/program"),
            Err(Silence::Missing("/no/such/program".into()))
        );
        assert_eq!(ask("verapdf=sh"), Err(Silence::NothingClaimed));
    }
}
