//! Pictures and forms that content draws (ISO 32000-1, 8.8 to 8.10).

use std::sync::atomic::Ordering;

use super::super::feature::Feature;
use super::super::syntax::{Dict, Object, Ref};
use super::drawing::{FORM, FORMS, IDENTITY, Map, Picture, Run, STEPS, State, size, then};
use super::spaces::space;

impl<'f> Run<'_, 'f> {
    /// Draws a picture or a form.
    pub(super) fn object(
        &mut self,
        resources: Option<&'f Dict>,
        name: &str,
        state: &State,
        above: &mut Vec<u32>,
    ) {
        let found = self.resource(resources, "XObject", name);
        let file = self.file;
        let list = resources.and_then(|all| file.dict(all, "XObject"));
        let own = list.and_then(|list| file.follow(list.raw(name)).0);
        let (Some(dict), Some(own)) = (found.dict(), own) else {
            return;
        };
        if file.get(dict, "Subtype").is_name("Image") {
            self.untagged(1);
            self.space(dict.raw("ColorSpace"), resources);
            let is_soft = dict.has("SMask") && !file.get(dict, "SMask").is_name("None");
            self.shown.is_transparent |= is_soft || dict.has("SMaskInData");
            self.shown
                .pictures
                .push((Picture::Object(own.number), size(state.map)));
            return;
        }
        let is_program = |key: &str| file.get(dict, key).is_name("PS");
        if is_program("Subtype") || is_program("Subtype2") {
            self.shown.used.insert(Feature::PostScript);
        }
        self.form(own, dict, resources, state, name, above);
    }

    /// Draws a form. `resources` are those of what draws it, `above` the forms that it is drawn by.
    pub(super) fn form(
        &mut self,
        own: Ref,
        dict: &'f Dict,
        resources: Option<&'f Dict>,
        state: &State,
        name: &str,
        above: &mut Vec<u32>,
    ) {
        let file = self.file;
        if self.steps.fetch_add(FORM, Ordering::Relaxed) > STEPS {
            return;
        }
        if above.len() == FORMS || above.contains(&own.number) {
            self.shown
                .unnamed
                .add_new(format!("the form `{name}`, which draws itself,"));
            return;
        }
        let Some((content, _)) = file.decoded(&Object::Reference(own)) else {
            return;
        };
        let matrix = file.numbers(file.list(dict, "Matrix"));
        let matrix: Map = matrix.try_into().unwrap_or(IDENTITY);
        let inner = State {
            map: then(matrix, state.map),
            ..state.clone()
        };
        let group = file.dict(dict, "Group");
        if let Some(group) = group.filter(|group| file.get(group, "S").is_name("Transparency")) {
            self.shown.is_transparent = true;
            let blended = space(file, group.raw("CS"));
            self.shown.page.alternates.extend(blended);
        }
        let own_resources = file.dict(dict, "Resources").or(resources);
        let outer = self.form;
        if dict.has("StructParents") {
            self.form = Some(own.number);
        }
        above.push(own.number);
        let marks = self.marks.len();
        self.run(&content, own_resources, inner, above);
        self.shown.unbalanced |= self.marks.len() > marks;
        self.marks.truncate(marks);
        above.pop();
        self.form = outer;
    }
}
