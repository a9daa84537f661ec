//! Layers of a theme, laid over each other.
//!
//! In: the theme's name and the book's fragments. Out: a [`Theme`]. Order: what all
//! built-in themes share, the built-in theme, each theme file from the outermost `extends:` inwards, the book's fragments in the order given. Later declarations
//! of a property replace earlier ones of the same role or class.

use std::collections::BTreeMap;
use std::mem::discriminant;

use serde_yaml::{Mapping, Value};

use crate::diag::{Code, Diagnostic, Sink};
use crate::model::Role;
use crate::source::{Fragment, Sources, Spanned, World};

use super::declaration::Declaration;
use super::page::PageDraft;
use super::yaml::Layer;
use super::{BUILTIN, Theme, schema};

/// What all built-in themes share; the lowest layer of every theme.
const BASE: &str = include_str!("builtin/base.yaml");

/// How many theme files may extend each other: more is a circle.
const LONGEST_CHAIN: usize = 16;

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
    let mut layers = chain(name, world, sources, sink);
    layers.extend(
        overlays
            .iter()
            .map(|fragment| Layer::fragment(fragment, sources)),
    );
    let mut draft = Draft::default();
    for layer in &layers {
        draft.lay(layer, sink);
    }
    Theme {
        name: name.value.clone(),
        page: draft.page.settle(),
        roles: draft.roles,
        classes: draft.classes,
    }
}

/// The theme's own layers, the most general first.
fn chain(name: &Spanned<String>, world: &dyn World, sources: &Sources, sink: &Sink) -> Vec<Layer> {
    let mut layers = Vec::new();
    let mut next = Some(name.clone());
    let mut base = "novel".to_owned();
    for _ in 0..LONGEST_CHAIN {
        let Some(name) = next.take() else { break };
        if let Some((builtin, _)) = BUILTIN.iter().find(|(builtin, _)| *builtin == name.value) {
            base = (*builtin).to_owned();
            break;
        }
        let is_file = name.value.ends_with(".yaml") || name.value.ends_with(".yml");
        if !is_file && !world.exists(name.value.as_ref()) {
            let known: Vec<&str> = BUILTIN.iter().map(|(name, _)| *name).collect();
            let finding = Diagnostic::new(
                Code::UnknownTheme,
                name.at,
                format!("there is no theme `{}`", name.value),
            );
            sink.push(finding.hint(hint("a theme", &name.value, &known)));
            break;
        }
        let Some(layer) = Layer::file(&name, world, sources, sink) else {
            break;
        };
        next = layer
            .values
            .get("extends")
            .and_then(Value::as_str)
            .map(|parent| Spanned {
                value: parent.to_owned(),
                at: layer.span(&["extends"]),
            });
        layers.push(layer);
    }
    if let Some((_, text)) = BUILTIN.iter().find(|(name, _)| *name == base) {
        layers.push(Layer::builtin(text));
    }
    layers.push(Layer::builtin(BASE));
    layers.reverse();
    layers
}

/// "did you mean", or the whole choice where nothing is near.
pub(super) fn hint(what: &str, found: &str, known: &[&str]) -> String {
    let near = known
        .iter()
        .map(|name| (strsim::damerau_levenshtein(found, name), name))
        .min();
    match near {
        Some((distance, name)) if distance <= 1 + found.chars().count() / 3 => {
            format!("did you mean `{name}`?")
        }
        _ if known.len() <= 12 => format!("{what} is one of: {}", known.join(", ")),
        _ => format!("the manual lists what {what} may be"),
    }
}

#[derive(Default)]
struct Draft {
    page: PageDraft,
    roles: BTreeMap<Role, Vec<Declaration>>,
    classes: BTreeMap<String, Vec<Declaration>>,
}

impl Draft {
    fn lay(&mut self, layer: &Layer, sink: &Sink) {
        for (key, value) in &layer.values {
            let key = key.as_str().unwrap_or_default();
            match key {
                "name" | "description" | "extends" => {}
                "page" => self.lay_page(layer, value, sink),
                "trim" | "margins" => self.page.lay(key, value, layer, &[key], sink),
                "roles" | "style" => self.lay_roles(layer, key, value, sink),
                "classes" => self.lay_classes(layer, value, sink),
                // Keys of the book that a later release reads; the manifest speaks of them.
                "bleed" | "paper" | "profile" | "standard" => {}
                other => {
                    let known = [
                        "name",
                        "description",
                        "extends",
                        "page",
                        "trim",
                        "margins",
                        "roles",
                        "classes",
                    ];
                    let finding = Diagnostic::new(
                        Code::UnknownKey,
                        layer.span(&[other]),
                        format!("a theme has no key `{other}`"),
                    );
                    sink.push(finding.hint(hint("a key of a theme", other, &known)));
                }
            }
        }
    }

    fn lay_page(&mut self, layer: &Layer, value: &Value, sink: &Sink) {
        let Some(values) = mapping(value, layer, &["page"], sink) else {
            return;
        };
        for (key, value) in values {
            let key = key.as_str().unwrap_or_default();
            self.page.lay(key, value, layer, &["page", key], sink);
        }
    }

    fn lay_roles(&mut self, layer: &Layer, top: &str, value: &Value, sink: &Sink) {
        let Some(values) = mapping(value, layer, &[top], sink) else {
            return;
        };
        for (key, value) in values {
            let key = key.as_str().unwrap_or_default();
            if let Some(class) = key.strip_prefix('.') {
                let list = self.classes.entry(class.to_owned()).or_default();
                declare(list, value, layer, &[top, key], sink);
                continue;
            }
            let Some(role) = Role::named(key) else {
                let known: Vec<&str> = Role::ALL.iter().map(|role| role.name()).collect();
                let finding = Diagnostic::new(
                    Code::UnknownRole,
                    layer.span(&[top, key]),
                    format!("there is no role `{key}`"),
                );
                sink.push(finding.hint(hint("a role", key, &known)));
                continue;
            };
            declare(
                self.roles.entry(role).or_default(),
                value,
                layer,
                &[top, key],
                sink,
            );
        }
    }

    fn lay_classes(&mut self, layer: &Layer, value: &Value, sink: &Sink) {
        let Some(values) = mapping(value, layer, &["classes"], sink) else {
            return;
        };
        for (key, value) in values {
            let key = key.as_str().unwrap_or_default();
            let list = self
                .classes
                .entry(key.trim_start_matches('.').to_owned())
                .or_default();
            declare(list, value, layer, &["classes", key], sink);
        }
    }
}

fn mapping<'a>(value: &'a Value, layer: &Layer, path: &[&str], sink: &Sink) -> Option<&'a Mapping> {
    let found = value.as_mapping();
    if found.is_none() {
        let name = path.last().copied().unwrap_or_default();
        sink.push(Diagnostic::new(
            Code::WrongType,
            layer.span(path),
            format!("`{name}` takes keys and values"),
        ));
    }
    found
}

fn declare(list: &mut Vec<Declaration>, value: &Value, layer: &Layer, path: &[&str], sink: &Sink) {
    let Some(values) = mapping(value, layer, path, sink) else {
        return;
    };
    for (key, value) in values {
        let key = key.as_str().unwrap_or_default();
        let path: Vec<&str> = path.iter().copied().chain([key]).collect();
        match schema::declaration(key, value) {
            Some(Ok(declaration)) => {
                list.retain(|old| discriminant(old) != discriminant(&declaration));
                list.push(declaration);
            }
            Some(Err(wanted)) => {
                sink.push(Diagnostic::new(
                    Code::InvalidValue,
                    layer.span(&path),
                    format!("`{key}` cannot be this: {wanted}"),
                ));
            }
            None => {
                let finding = Diagnostic::new(
                    Code::UnknownKey,
                    layer.span(&path),
                    format!("a role has no property `{key}`"),
                );
                sink.push(finding.hint(hint("a property", key, schema::PROPERTIES)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::MemoryWorld;
    use crate::theme::{Break, Spread};
    use crate::unit::{Abs, Length};

    fn fragment(key: &str, yaml: &str) -> Fragment {
        Fragment {
            key: key.to_owned(),
            yaml: yaml.to_owned(),
            at: None,
        }
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
        let overlays = [
            fragment(
                "style",
                "{body: {size: 12pt}, .shout: {caps: all}, heading-1: {open-on: recto}}",
            ),
            fragment("trim", "6x9in"),
            fragment(
                "margins",
                "{inner: 54pt, outer: 54pt, head: 54pt, foot: 61.2pt}",
            ),
        ];
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
                "a.yaml:3:21 invalid-value",
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
