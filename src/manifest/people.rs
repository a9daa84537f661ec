//! Those who made a book, and what each of them did.

use super::{titles, values};
use crate::diag::{Sink, nearest};
use crate::model::Lang;
use crate::yaml::{self, Node, Value};

/// Someone who made the book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contributor {
    /// As printed.
    pub name: String,
    /// A MARC relator code: `aut`, `edt`, `trl`, `ill`, …
    pub role: String,
    /// What they did besides, as codes, the weightier first.
    pub more_roles: Vec<String>,
    /// As sorted: `Berg, Jo`.
    pub sort: Option<String>,
    /// As spelt in other languages and scripts.
    pub scripts: Vec<(Lang, String)>,
}

impl Contributor {
    /// The codes of all that they did, the weightiest first.
    pub fn roles(&self) -> impl Iterator<Item = &str> {
        let more = self.more_roles.iter().map(String::as_str);
        std::iter::once(self.role.as_str()).chain(more)
    }
}

/// What a person can have done, in words, and the code that libraries use for it. Any other code of [`CODES`] may be
/// written as it is.
pub(super) const RELATORS: &[(&str, &str)] = &[
    ("author", "aut"),
    ("editor", "edt"),
    ("translator", "trl"),
    ("illustrator", "ill"),
    ("contributor", "ctb"),
    ("co-author", "aut"),
    ("coauthor", "aut"),
    ("adapter", "adp"),
    ("afterword", "aft"),
    ("annotator", "ann"),
    ("artist", "art"),
    ("book-designer", "bkd"),
    ("book-producer", "bkp"),
    ("cartographer", "ctg"),
    ("collaborator", "ctb"),
    ("commentator", "cwt"),
    ("compiler", "com"),
    ("composer", "cmp"),
    ("cover-designer", "cov"),
    ("cover-artist", "cov"),
    ("dedicatee", "dte"),
    ("designer", "dsr"),
    ("engraver", "egr"),
    ("foreword", "wfw"),
    ("ghostwriter", "ctb"),
    ("indexer", "ctb"),
    ("introduction", "win"),
    ("letterer", "ctb"),
    ("lyricist", "lyr"),
    ("narrator", "nrt"),
    ("photographer", "pht"),
    ("preface", "wpr"),
    ("proofreader", "pfr"),
    ("publisher", "pbl"),
    ("researcher", "res"),
    ("reviewer", "rev"),
    ("series-editor", "pbd"),
    ("transcriber", "trc"),
    ("type-designer", "tyd"),
    ("typographer", "tyg"),
    ("writer", "aut"),
];

/// MARC's list of relators as of April 2025, without the codes that it no longer uses.
const CODES: &str = "\
    abr acp act adi adp aft anc anl anm ann ant ape apl app aqt arc ard arr art asg asn ato att auc aud aue aui \
    aup aus aut bdd bjd bka bkd bkp blw bnd bpd brd brl bsl cad cas ccp chr cli cll clr clt cmm cmp cmt cnd cng \
    cns coe col com con cop cor cos cot cou cov cpc cpe cph cpl cpt cre crp crr crt csl csp cst ctb cte ctg ctr \
    cts ctt cur cwt dbd dbp dfd dfe dft dgc dgg dgs dis djo dln dnc dnr dpc dpt drm drt dsr dst dtc dte dtm dto \
    dub edc edd edm edt egr elg elt eng enj etr evp exp fac fds fld flm fmd fmk fmo fmp fnd fon fpy frg gdv gis \
    his hnr hst ill ilu ins inv isb itr ive ivr jud jug lbr lbt ldr led lee lel len let lgd lie lil lit lsa lse \
    lso ltg lyr mcp mdc med mfp mfr mka mod mon mrb mrk msd mte mtk mup mus mxe nan nrt onp opn org orm osp oth \
    own pad pan pat pbd pbl pdr pfr pht plt pma pmn pop ppm ppt pra prc prd pre prf prg prm prn pro prp prs prt \
    prv pta pte ptf pth ptt pup rap rbr rcd rce rcp rdd red ren res rev rpc rps rpt rpy rse rsg rsp rsr rst rth \
    rtm rxa sad sce scl scr sde sds sec sfx sgd sgn sht sll sng spk spn spy srv std stg stl stm stn str swd tau \
    tcd tch ths tld tlg tlh tlp trc trl tyd tyg uvp vac vdg vfx wac wal wam wat waw wdc wde wfw win wit wpr wst";

/// `authors:`: a name, a mapping of name, role and sort, or a list of such.
pub(super) fn contributors(node: &Node, sink: &Sink) -> Vec<Contributor> {
    match &node.value {
        Value::Null => Vec::new(),
        Value::List(items) => items
            .iter()
            .filter_map(|item| contributor(item, sink))
            .collect(),
        _ => contributor(node, sink).into_iter().collect(),
    }
}

fn contributor(node: &Node, sink: &Sink) -> Option<Contributor> {
    match &node.value {
        Value::Text(name) if !name.trim().is_empty() => Some(Contributor {
            name: name.trim().to_owned(),
            role: String::from("aut"),
            more_roles: Vec::new(),
            sort: None,
            scripts: Vec::new(),
        }),
        Value::Map(_) => {
            let keys = ["name", "role", "sort", "scripts"];
            values::mapping(node, "authors", &keys, sink);
            let Some(name) = node.get("name") else {
                let wrong = "someone among `authors` has no name";
                sink.push(values::invalid(node.at, wrong, "add `name: …`"));
                return None;
            };
            let mut roles = node
                .get("role")
                .map(|node| relators(node, sink))
                .unwrap_or_default()
                .into_iter();
            Some(Contributor {
                name: values::text(name, "name", sink)?,
                role: roles.next().unwrap_or_else(|| String::from("aut")),
                more_roles: roles.collect(),
                sort: node
                    .get("sort")
                    .and_then(|node| values::text(node, "sort", sink)),
                scripts: node
                    .get("scripts")
                    .map(|node| titles::scripts(node, "scripts", sink))
                    .unwrap_or_default(),
            })
        }
        _ => {
            let wanted = "a name, or a mapping with `name`, `role` and `sort`";
            sink.push(yaml::wrong_type(node, "authors", wanted));
            None
        }
    }
}

/// The codes of a role, or of a list of roles, none twice.
fn relators(node: &Node, sink: &Sink) -> Vec<String> {
    let items = match &node.value {
        Value::List(items) => items.as_slice(),
        _ => std::slice::from_ref(node),
    };
    let mut codes = Vec::new();
    for code in items.iter().filter_map(|item| relator(item, sink)) {
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    codes
}

/// A role's code, from its word or itself.
fn relator(node: &Node, sink: &Sink) -> Option<String> {
    let written = values::text(node, "role", sink)?;
    let word = written.to_lowercase().replace([' ', '_'], "-");
    if let Some((_, code)) = RELATORS.iter().find(|(name, _)| *name == word) {
        return Some((*code).to_owned());
    }
    if CODES.split_ascii_whitespace().any(|code| code == word) {
        return Some(word);
    }
    let words = RELATORS.iter().map(|(name, _)| *name);
    let found = yaml::invalid_value(node, "role", words.clone().take(4));
    sink.push(match nearest(&word, words) {
        Some(near) if found.hints.len() < 2 => found.hint(format!("did you mean `{near}`?")),
        _ => found.hint("any of MARC's three-letter codes will do too"),
    });
    None
}
