//! The command line as typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::panel::{Asked, asked};
use crate::diag::render::Format;

/// Turns a Markdown manuscript into an EPUB and a typeset PDF.
#[derive(Debug, Parser)]
#[command(
    name = "recto",
    version,
    about,
    propagate_version = true,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// How to talk.
    #[command(flatten)]
    pub talk: Talk,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a book's EPUB and PDF
    #[command(alias = "b")]
    Build {
        /// A folder with book.yaml, a folder of .md files, one .md file, or an mdBook folder [default: .]
        path: Option<PathBuf>,
        /// What of the book.
        #[command(flatten)]
        book: Book,
        /// What is known of it.
        #[command(flatten)]
        known: Known,
        /// Where the outputs go [default: PATH/out for a folder, beside the file for one file]
        #[arg(short, long, value_name = "DIR")]
        output: Option<PathBuf>,
        /// Make proofs alone: the pages on sheets with marks at all that was found
        #[arg(long, conflicts_with_all = ["to", "update_baseline"])]
        proof: bool,
        /// Replace old outputs even if the book has errors
        #[arg(long)]
        force: bool,
        /// Write what the outputs are made from into a file of rules for make or ninja
        #[arg(long, value_name = "FILE")]
        deps: Option<PathBuf>,
    },
    /// Find everything that is wrong with manuscripts and finished books; no output is left behind
    Check {
        /// Folders with book.yaml, folders of .md files, .md files, mdBook folders, EPUBs or PDFs [default: .]
        #[arg(value_name = "PATH")]
        paths: Vec<PathBuf>,
        /// Check for shops and printers: apple-books, kobo, google-play, kindle, kdp-paperback, ingramspark, …
        #[arg(long = "for", value_name = "NAME", value_delimiter = ',')]
        outlets: Vec<String>,
        /// Ask other validators about the EPUBs and PDFs too: epubcheck, ace, verapdf, qpdf
        #[arg(long, value_name = "NAME,…|NAME=COMMAND", value_parser = asked)]
        with: Vec<Vec<Asked>>,
        /// What of the books.
        #[command(flatten)]
        book: Book,
        /// What is known of them.
        #[command(flatten)]
        known: Known,
    },
    /// Tell what is different between two builds, or between a book and its last build; exit 1 if anything is
    Diff {
        /// The old PDF, EPUB, or folder of them; alone: a book, which is built in memory and compared with what its folder
        /// for outputs has [default: .]
        #[arg(value_name = "OLD|BOOK")]
        old: Option<PathBuf>,
        /// The new PDF, EPUB, or folder of them; or a book
        new: Option<PathBuf>,
        /// Compare the book with these files, or this folder of them
        #[arg(long, value_name = "PATH")]
        against: Option<PathBuf>,
        /// Write a page that shows both side by side
        #[arg(long, value_name = "FILE")]
        html: Option<PathBuf>,
        /// Show so many changed pages of each file on it
        #[arg(
            long = "most",
            value_name = "N",
            default_value_t = 40,
            requires = "html"
        )]
        most: usize,
        /// What of the book.
        #[command(flatten)]
        book: Book,
    },
    /// Show a stage of a build as text
    Dump {
        /// The stage.
        #[arg(value_name = "STAGE")]
        stage: StageName,
        /// A folder with book.yaml, a folder of .md files, one .md file, or an mdBook folder [default: .]
        path: Option<PathBuf>,
        /// What of the book.
        #[command(flatten)]
        book: Book,
    },
    /// Say what a diagnostic means; without a code, list all of them
    Explain {
        /// As it stands between brackets in a diagnostic; or a family of codes
        code: Option<String>,
        /// List them as the manual's appendix
        #[arg(long, hide = true, conflicts_with = "code")]
        markdown: bool,
        /// Print the JSON Schema of the format `json`: of a report, or of what `diff` found
        #[arg(
            long,
            value_name = "DOCUMENT",
            num_args = 0..=1,
            default_missing_value = "report",
            conflicts_with_all = ["code", "markdown"]
        )]
        schema: Option<SchemaOf>,
    },
    /// List the font families at hand; with a book, its own too
    Fonts {
        /// A folder with book.yaml, a folder of .md files, one .md file, or an mdBook folder [default: .]
        path: Option<PathBuf>,
        /// What of the book.
        #[command(flatten)]
        book: Book,
    },
}

/// What of a book, and how.
#[derive(Debug, Args)]
pub struct Book {
    /// Only these editions
    #[arg(long = "edition", value_name = "NAME", num_args = 1.., value_delimiter = ',')]
    pub editions: Vec<String>,
    /// Only editions of this format
    #[arg(long, value_name = "FORMAT")]
    pub to: Option<To>,
    /// The theme: novel, report, manual, poetry, or a file
    #[arg(long, value_name = "NAME|FILE")]
    pub theme: Option<String>,
    /// Set a key of book.yaml, dotted, over everything else
    #[arg(long = "set", value_name = "KEY=VALUE", value_parser = setting)]
    pub settings: Vec<(String, String)>,
    /// Threads to use [default: one per core]
    #[arg(short, long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub jobs: Option<u16>,
    /// Print where the time went
    #[arg(long)]
    pub timings: bool,
    /// Let the book read files outside its folder
    #[arg(long)]
    pub allow_outside: bool,
}

/// What is known of a book.
#[derive(Debug, Args)]
#[command(next_help_heading = "Diagnostics and output")]
pub struct Known {
    /// Tell only what this file does not list
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write what is found now into the baseline
    #[arg(long, requires = "baseline", conflicts_with_all = ["editions", "to"])]
    pub update_baseline: bool,
    /// Take a page of a PDF that begins elsewhere than this file says for an error
    #[arg(long, value_name = "FILE")]
    pub freeze_pages: Option<PathBuf>,
    /// Write where pages begin now into that file
    #[arg(long, requires = "freeze_pages")]
    pub update_freeze: bool,
}

/// How to talk.
#[derive(Debug, Args)]
#[command(next_help_heading = "Diagnostics and output")]
pub struct Talk {
    /// Take a diagnostic, a family of them, or all warnings, for an error
    #[arg(
        long,
        value_name = "CODE|FAMILY|warnings",
        global = true,
        value_delimiter = ','
    )]
    pub deny: Vec<String>,
    /// Take a diagnostic, or a family of them, for a warning
    #[arg(long, value_name = "CODE|FAMILY", global = true, value_delimiter = ',')]
    pub warn: Vec<String>,
    /// Do not speak of a diagnostic, or of a family of them
    #[arg(long, value_name = "CODE|FAMILY", global = true, value_delimiter = ',')]
    pub allow: Vec<String>,
    /// How diagnostics are printed: full, concise, json, sarif, junit, github or gitlab
    /// [default: full on a terminal, github in a workflow of GitHub, else concise]
    #[arg(long, value_name = "FORMAT", global = true, value_parser = Format::named)]
    pub format: Option<Format>,
    /// Write the diagnostics into a file too, or to standard output: `-`
    #[arg(long = "report", value_name = "FORMAT=FILE", global = true, value_parser = report)]
    pub reports: Vec<(Format, PathBuf)>,
    /// Say only what is wrong
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// When to use colours
    #[arg(long, value_name = "WHEN", global = true, default_value = "auto")]
    pub color: When,
}

/// A format of outputs.
#[derive(Clone, Copy, Debug, ValueEnum)]
#[allow(missing_docs, reason = "the names are the words typed")]
pub enum To {
    Epub,
    Pdf,
    Cover,
    Onix,
}

/// A document that a schema describes.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum SchemaOf {
    /// What builds and checks found
    Report,
    /// What `diff` found
    Diff,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, ValueEnum)]
#[allow(missing_docs, reason = "the names are the words typed")]
pub enum When {
    Auto,
    Always,
    Never,
}

/// A stage that can be shown.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum StageName {
    /// The chapters after reading and refining
    Model,
    /// Numbers, anchors, links, contents
    Facts,
    /// The EPUB's style sheet
    Css,
    /// What the chapters are set as before they are cut into pages
    Galley,
    /// The pages and what stands on them
    Pages,
    /// The PDF's structure for screen readers
    Structure,
    /// What lines and pages are like, in numbers
    Report,
    /// What each line of text and each page is like, in columns
    Lines,
}

fn report(text: &str) -> Result<(Format, PathBuf), String> {
    let (word, file) = text.split_once('=').ok_or("write FORMAT=FILE")?;
    if file.is_empty() {
        return Err(String::from("write FORMAT=FILE"));
    }
    Ok((Format::named(word)?, PathBuf::from(file)))
}

fn setting(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("write KEY=VALUE")?;
    if key.split('.').any(|part| part.trim().is_empty()) {
        return Err(String::from(
            "a key is a word, or words with dots between them",
        ));
    }
    Ok((key.to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }
}
