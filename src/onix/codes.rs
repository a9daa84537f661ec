//! Codes of EDItEUR's lists for words of other lists: roles (17), languages (74), schemes of subjects (27), scripts (121).

use crate::manifest::KnownScheme;
use crate::model::Lang;

/// MARC's relators and their codes in list 17. A code of its own is `Z99`, other; those who only made, printed or sold
/// the book are none of its contributors.
const ROLES: &[(&str, &str)] = &[
    ("abr", "B04"), // abridger
    ("act", "E01"), // actor
    ("adp", "B05"), // adapter
    ("aft", "A19"), // author of afterword
    ("anm", "A12"), // animator: artwork
    ("ann", "A20"), // annotator
    ("ant", "A38"), // bibliographic antecedent: original author
    ("arr", "B25"), // arranger of music
    ("art", "A07"), // artist
    ("aud", "A32"), // author of dialog: contributions
    ("aui", "A24"), // author of introduction
    ("aus", "A03"), // screenwriter
    ("aut", "A01"), // author
    ("bjd", "A56"), // jacket designer
    ("bkd", "A11"), // book designer
    ("clr", "A47"), // colorist
    ("cmm", "A21"), // commentator
    ("cmp", "A06"), // composer
    ("cnd", "D03"), // conductor
    ("com", "C01"), // compiler
    ("cov", "A36"), // cover designer or artist
    ("cre", "A09"), // creator
    ("ctb", "A32"), // contributor
    ("ctg", "A39"), // cartographer
    ("cur", "C04"), // curator
    ("cwt", "A21"), // commentator for written text
    ("drt", "D02"), // director
    ("dsr", "A11"), // designer
    ("dte", "Z02"), // dedicatee
    ("edt", "B01"), // editor
    ("fnd", "Z99"), // funder
    ("hnr", "Z02"), // honoree
    ("ill", "A12"), // illustrator
    ("ilu", "A12"), // illuminator
    ("itr", "E06"), // instrumentalist
    ("ive", "A44"), // interviewee
    ("ivr", "A43"), // interviewer
    ("lbt", "A04"), // librettist
    ("lyr", "A05"), // lyricist
    ("mus", "E99"), // musician
    ("nrt", "E07"), // narrator
    ("pbd", "B09"), // director of a series
    ("pht", "A13"), // photographer
    ("prg", "A30"), // programmer
    ("pro", "D01"), // producer
    ("res", "A51"), // researcher
    ("sng", "E05"), // singer
    ("spk", "E09"), // speaker
    ("ths", "B27"), // thesis advisor
    ("trc", "B33"), // transcriber
    ("trl", "B06"), // translator
    ("wac", "A21"), // writer of added commentary
    ("wal", "A05"), // writer of added lyrics
    ("wam", "A32"), // writer of accompanying material
    ("wat", "A32"), // writer of added text
    ("waw", "A19"), // writer of afterword
    ("wfw", "A23"), // writer of foreword
    ("win", "A24"), // writer of introduction
    ("wpr", "A15"), // writer of preface
    ("wst", "A18"), // writer of supplementary text
];

/// MARC's relators of those who made, printed or sold the book and not what it says.
const MAKERS: &str = "bkp blw bnd bsl cph dpt dst isb mfr mrk own pbl pfr pmn pop ppm prt pup rev tyd tyg rpy let sll pdr";

/// A relator's code in list 17; `None` for one who is no contributor.
pub(super) fn role(relator: &str) -> Option<&'static str> {
    if MAKERS.split(' ').any(|maker| maker == relator) {
        return None;
    }
    let found = ROLES.iter().find(|(marc, _)| *marc == relator);
    Some(found.map_or("Z99", |(_, code)| code))
}

/// ISO 639-1 and, behind each, ISO 639-2/B, which is what list 74 has.
const LANGUAGES: &str = "\
    aa aar ab abk ae ave af afr ak aka am amh an arg ar ara as asm av ava ay aym az aze ba bak be bel bg bul bi bis \
    bm bam bn ben bo tib br bre bs bos ca cat ce che ch cha co cos cr cre cs cze cu chu cv chv cy wel da dan de ger \
    dv div dz dzo ee ewe el gre en eng eo epo es spa et est eu baq fa per ff ful fi fin fj fij fo fao fr fre fy fry \
    ga gle gd gla gl glg gn grn gu guj gv glv ha hau he heb hi hin ho hmo hr hrv ht hat hu hun hy arm hz her ia ina \
    id ind ie ile ig ibo ii iii ik ipk io ido is ice it ita iu iku ja jpn jv jav ka geo kg kon ki kik kj kua kk kaz \
    kl kal km khm kn kan ko kor kr kau ks kas ku kur kv kom kw cor ky kir la lat lb ltz lg lug li lim ln lin lo lao \
    lt lit lu lub lv lav mg mlg mh mah mi mao mk mac ml mal mn mon mr mar ms may mt mlt my bur na nau nb nob nd nde \
    ne nep ng ndo nl dut nn nno no nor nr nbl nv nav ny nya oc oci oj oji om orm or ori os oss pa pan pi pli pl pol \
    ps pus pt por qu que rm roh rn run ro rum ru rus rw kin sa san sc srd sd snd se sme sg sag si sin sk slo sl slv \
    sm smo sn sna so som sq alb sr srp ss ssw st sot su sun sv swe sw swa ta tam te tel tg tgk th tha ti tir tk tuk \
    tl tgl tn tsn to ton tr tur ts tso tt tat tw twi ty tah ug uig uk ukr ur urd uz uzb ve ven vi vie vo vol wa wln \
    wo wol xh xho yi yid yo yor za zha zh chi zu zul";

/// Languages with three letters in their tags for which list 74 has a code, the same as in the tag: those of ISO 639-2 in
/// which books come out.
const OTHERS: &str = "\
    ace ang arc ast awa bho ceb chr cmn cop crh csb dsb egl egy enm fil fro frm frs frr fur gez gmh goh gil grc gsw haw \
    hil hmn hsb ilo ind inh kab kok kos lad lij lmo lus mai mic mis moh mul mwl nap nds new non nqo pam pap pau peo \
    pro roa rom rup sah sat scn sco smj sms sma smn srn sux swb syr tet tlh tpi und vec war wuu yue zgh zxx";

/// A language's code in list 74; `None` if there is none.
pub(super) fn language(lang: &Lang) -> Option<&'static str> {
    let primary = lang.primary();
    let mut pairs = LANGUAGES.split_ascii_whitespace();
    while let (Some(two), Some(three)) = (pairs.next(), pairs.next()) {
        if primary == two {
            return Some(three);
        }
    }
    OTHERS
        .split_ascii_whitespace()
        .find(|three| *three == primary)
}

/// Whether list 121 has a script: those in which books come out.
pub(super) fn is_script(script: &str) -> bool {
    const SCRIPTS: &str =
        "Arab Armn Beng Cyrl Deva Ethi Geor Grek Hang Hans Hant Hebr Jpan Kana Kore Latn Thai Tibt";
    SCRIPTS.split(' ').any(|known| known == script)
}

/// A scheme's code in list 27, and its name where it has none of its own there (24). Thema's qualifiers are schemes of
/// their own, which their first digit tells.
pub(super) fn scheme(scheme: KnownScheme, code: &str) -> (&'static str, Option<&'static str>) {
    use KnownScheme as S;
    let own = match scheme {
        S::Bisac => "10",
        S::Thema => match code.bytes().next() {
            Some(b'1') => "94",
            Some(b'2') => "95",
            Some(b'3') => "96",
            Some(b'4') => "97",
            Some(b'5') => "98",
            Some(b'6') => "99",
            _ => "93",
        },
        S::Bic => "12",
        S::Lcsh => "04",
        S::Ddc => "01",
        S::Udc => "09",
        S::Clil => "29",
        S::Wgs => "26",
        S::Clc => "88",
        S::Ndc => "40",
        S::Aat => "08",
        S::EuroVoc => "B0",
        S::Medtop => return ("24", Some("IPTC Media Topics")),
    };
    (own, None)
}
