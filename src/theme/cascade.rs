//! Layers of a theme, laid over each other.
//!
//! In: the theme's name and the book's fragments. Out: a [`Theme`]. Order: what all
//! built-in themes share, the built-in theme, each theme file from the outermost `extends:` inwards, the book's fragments in
//! the order given. Later declarations of a property replace earlier ones of the same role or class. What a theme says of
//! wide pages (`wide:`) counts where the page is so wide, right behind the rest of its layer; so the page's size is found
//! first, by laying all layers once without a word.

use std::collections::BTreeMap;
use std::mem::discriminant;

use crate::diag::{Code, Diagnostic, Sink, nearest};
use crate::model::Role;
use crate::source::{Sources, Spanned, World};
use crate::unit::Abs;
use crate::yaml::{self, Fragment, Key, Layered, Node};

use super::declaration::Declaration;
use super::page::PageDraft;
use super::{BUILTIN, Theme, schema};

/// What all built-in themes share; the lowest layer of every theme.
const BASE: &str = include_str!("builtin/base.yaml");

/// The keys of a theme file.
const KEYS: &[&str] = &[
    "name",
    "description",
    "extends",
    "page",
    "trim",
    "margins",
    "wide",
    "roles",
    "style",
    "classes",
];

/// Finds a theme and lays the book's own touches over it. What cannot be used is reported and left as it was.
pub fn load(
    name: Option<&Spanned<String>>,
    overlays: &[Fragment],
    world: &dyn World,
    sources: &Sources,
    sink: &Sink,
) -> Theme {
    let default = Spanned {
        value: "novel".to_owned(),
        at: None,
    };
    let name = name.unwrap_or(&default);
    let layers = chain(name, world, sources, sink);
    let lay = |mut draft: Draft, sink: &Sink| {
        for layer in &layers {
            for (key, node) in layer.entries() {
                draft.lay(key, node, sink);
            }
            draft.lay_wide(layer, sink);
        }
        for Fragment { key, node } in overlays {
            draft.lay(key, node, sink);
        }
        draft
    };
    let trim = lay(Draft::default(), &Sink::new()).page.trim();
    let draft = Draft {
        width: Some(trim.width),
        ..Draft::default()
    };
    let draft = lay(draft, sink);
    Theme {
        name: name.value.clone(),
        page: draft.page.settle(),
        roles: draft.roles,
        classes: draft.classes,
    }
}

/// Themes are laid over each other.
const THEMES: Layered = Layered {
    noun: "theme",
    unknown: Code::UnknownTheme,
    builtin: BUILTIN,
};

/// The theme's own layers, the most general first.
fn chain(name: &Spanned<String>, world: &dyn World, sources: &Sources, sink: &Sink) -> Vec<Node> {
    let (mut layers, base) = THEMES.chain(name, world, sources, sink);
    layers.extend(THEMES.builtin(base.unwrap_or("novel")));
    layers.extend(yaml::read(&Sources::new().add("", BASE), &Sink::new()));
    layers.reverse();
    layers
}

#[derive(Default)]
struct Draft {
    /// The page's, once it is known.
    width: Option<Abs>,
    page: PageDraft,
    roles: BTreeMap<Role, Vec<Declaration>>,
    classes: BTreeMap<String, Vec<Declaration>>,
}

impl Draft {
    fn lay(&mut self, key: &Key, node: &Node, sink: &Sink) {
        match key.name.as_str() {
            "name" | "description" | "extends" | "wide" => {}
            "page" => node
                .entries()
                .iter()
                .for_each(|(key, node)| self.page.lay(key, node, sink)),
            "trim" | "margins" => self.page.lay(key, node, sink),
            "roles" | "style" => self.lay_roles(key, node, sink),
            "classes" => {
                for (key, node) in entries(key, node, sink) {
                    let class = key.name.trim_start_matches('.').to_owned();
                    declare(self.classes.entry(class).or_default(), key, node, sink);
                }
            }
            _ => sink.push(yaml::unknown_key(key, None, KEYS.iter().copied())),
        }
    }

    /// Lays what a layer says of pages that are at least so wide, the narrower first.
    fn lay_wide(&mut self, layer: &Node, sink: &Sink) {
        for (key, node) in layer.get("wide").map(Node::entries).unwrap_or_default() {
            let Ok(least) = key.name.parse::<Abs>() else {
                let finding = Diagnostic::new(
                    Code::InvalidValue,
                    key.at,
                    format!("`{}` is no width of a page", key.name),
                );
                sink.push(finding.hint("write `wide: {170mm: {body: {size: 12pt}}}`"));
                continue;
            };
            if self.width.is_some_and(|width| width >= least) {
                for (key, node) in entries(key, node, sink) {
                    match key.name.as_str() {
                        "page" | "margins" | "style" | "roles" | "classes" => {
                            self.lay(key, node, sink);
                        }
                        _ => sink.push(yaml::unknown_key(
                            key,
                            Some("wide"),
                            ["page", "margins", "roles", "style", "classes"],
                        )),
                    }
                }
            }
        }
    }

    fn lay_roles(&mut self, key: &Key, node: &Node, sink: &Sink) {
        for (key, node) in entries(key, node, sink) {
            if let Some(class) = key.name.strip_prefix('.') {
                declare(
                    self.classes.entry(class.to_owned()).or_default(),
                    key,
                    node,
                    sink,
                );
                continue;
            }
            let Some(role) = Role::named(&key.name) else {
                let finding = Diagnostic::new(
                    Code::UnknownRole,
                    key.at,
                    format!("there is no role `{}`", key.name),
                );
                sink.push(
                    match nearest(&key.name, Role::ALL.iter().map(|role| role.name())) {
                        Some(near) => finding.hint(format!("did you mean `{near}`?")),
                        None => finding.hint("a class of your own is written with a dot: `.name`"),
                    },
                );
                continue;
            };
            declare(self.roles.entry(role).or_default(), key, node, sink);
        }
    }
}

/// The entries of a mapping; what is none is reported.
fn entries<'a>(key: &Key, node: &'a Node, sink: &Sink) -> &'a [(Key, Node)] {
    if !matches!(node.value, yaml::Value::Map(_) | yaml::Value::Null) {
        sink.push(yaml::wrong_type(node, &key.name, "a mapping"));
    }
    node.entries()
}

fn declare(list: &mut Vec<Declaration>, of: &Key, node: &Node, sink: &Sink) {
    for (key, node) in entries(of, node, sink) {
        match schema::declaration(&key.name, node) {
            Some(Ok(declaration)) => {
                list.retain(|old| discriminant(old) != discriminant(&declaration));
                list.push(declaration);
            }
            Some(Err(wanted)) => sink.push(schema::invalid(key, node, &wanted)),
            None => sink.push(yaml::unknown_key(
                key,
                Some(&of.name),
                schema::PROPERTIES.iter().copied(),
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::MemoryWorld;
    use crate::theme::{Break, Spread};
    use crate::unit::{Abs, Length};

    fn fragments(yaml: &str) -> Vec<Fragment> {
        let sources = Sources::new();
        let node = yaml::read(&sources.add("x", yaml), &Sink::new()).unwrap();
        node.entries()
            .iter()
            .map(|(key, node)| Fragment {
                key: key.clone(),
                node: node.clone(),
            })
            .collect()
    }

    fn theme(name: &str, overlays: &[Fragment], world: MemoryWorld) -> (Theme, Vec<String>) {
        let (sources, sink) = (Sources::new(), Sink::new());
        let name = Spanned {
            value: name.to_owned(),
            at: None,
        };
        let theme = load(Some(&name), overlays, &world, &sources, &sink);
        let found = sink.finish(&sources).into_iter().map(|d| {
            let place =
                d.at.and_then(|at| sources.place(at))
                    .map(|p| format!("{}:{}:{} ", p.path, p.line, p.column));
            format!("{}{}", place.unwrap_or_default(), d.code.name())
        });
        (theme, found.collect())
    }

    #[test]
    fn every_builtin_theme_is_without_fault_and_dresses_every_role() {
        for (name, _) in BUILTIN {
            let (theme, found) = theme(name, &[], MemoryWorld::new(0));
            assert_eq!(found, Vec::<String>::new(), "{name}");
            for role in Role::ALL {
                assert!(
                    !theme.role(*role).is_empty(),
                    "{name} says nothing of {}",
                    role.name()
                );
            }
            assert!(theme.page.measure() > Abs::pt(100.0), "{name}");
        }
    }

    #[test]
    fn the_book_has_the_last_word() {
        let overlays = fragments(
            "style: {body: {size: 12pt}, .shout: {caps: all}, heading-1: {open-on: recto}}\ntrim: 6x9in\n\
             margins: {inner: 54pt, outer: 54pt, head: 54pt, foot: 61.2pt}\n",
        );
        let (theme, found) = theme("novel", &overlays, MemoryWorld::new(0));
        assert_eq!(found, Vec::<String>::new());
        assert!(
            theme
                .role(Role::Body)
                .contains(&Declaration::Size(Length::Abs(Abs::pt(12.0))))
        );
        assert!(
            theme
                .role(Role::Heading1)
                .contains(&Declaration::OpenOn(Break::Recto))
        );
        assert_eq!(theme.class("shout").len(), 1);
        assert_eq!(
            (theme.page.trim.width, theme.page.measure()),
            (Abs::pt(432.0), Abs::pt(324.0))
        );
        assert_eq!(theme.page.spread, Spread::Facing);
    }

    #[test]
    fn a_theme_file_extends_another_and_its_faults_have_places() {
        let world = MemoryWorld::new(0)
            .with(
                "a.yaml",
                "extends: b.yaml\nroles:\n  body: {sise: 9pt, leading: soft}\n  bodi: {}\n",
            )
            .with(
                "b.yaml",
                "extends: report\nroles: {quote: {italic: true}}\n",
            );
        let (theme, found) = theme("a.yaml", &[], world);
        assert_eq!(
            found,
            [
                "a.yaml:3:10 unknown-key",
                "a.yaml:3:30 invalid-value",
                "a.yaml:4:3 unknown-role"
            ]
        );
        assert!(theme.role(Role::Quote).contains(&Declaration::Italic(true)));
        assert_eq!(theme.page.spread, Spread::Single);
    }

    #[test]
    fn an_unknown_theme_is_named_and_a_circle_ends() {
        let (_, found) = theme("novle", &[], MemoryWorld::new(0));
        assert_eq!(found, ["unknown-theme"]);
        let (_, found) = theme(
            "a.yaml",
            &[],
            MemoryWorld::new(0).with("a.yaml", "extends: a.yaml\n"),
        );
        assert_eq!(found, Vec::<String>::new());
    }
}
