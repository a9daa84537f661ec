//! What is true of a book's accessibility, in sentences: in the book's language where they are written here, else in
//! English.

use super::Access;
use super::survey::Survey;
use crate::manifest::{Accessibility, Feature, Hazard};
use crate::model::Lang;

/// The sentences in one language. In the last, the first `{}` is the standard, the second who certified it.
struct Sentences {
    tag: &'static str,
    order: &'static str,
    changeable: &'static str,
    navigation: &'static str,
    pages: &'static str,
    no_images: &'static str,
    cover_only: &'static str,
    told: &'static str,
    untold: &'static str,
    latex: &'static str,
    moving: &'static str,
    claim: &'static str,
}

const ALL: &[Sentences] = &[
    Sentences {
        tag: "en",
        order: "The text is in reading order.",
        changeable: "Its size, type and colours can be changed.",
        navigation: "Headings and contents lead to every part of it.",
        pages: "The pages of the printed book are marked and listed.",
        no_images: "There are no images.",
        cover_only: "The only image is the cover, which is described.",
        told: "All images are described in words.",
        untold: "Some images are not described in words.",
        latex: "Formulas are given in LaTeX.",
        moving: "There are moving images; whether they flash is not known.",
        claim: "The book conforms to {}, as certified by {}.",
    },
    Sentences {
        tag: "de",
        order: "Der Text steht in der Reihenfolge, in der er gelesen wird.",
        changeable: "Größe, Schrift und Farben lassen sich ändern.",
        navigation: "Überschriften und Inhaltsverzeichnis führen zu jedem Teil.",
        pages: "Die Seiten des gedruckten Buchs sind markiert und aufgelistet.",
        no_images: "Es gibt keine Bilder.",
        cover_only: "Das einzige Bild ist der Umschlag; er ist beschrieben.",
        told: "Alle Bilder sind in Worten beschrieben.",
        untold: "Nicht alle Bilder sind in Worten beschrieben.",
        latex: "Formeln stehen in LaTeX.",
        moving: "Es gibt bewegte Bilder; ob sie blinken, ist nicht bekannt.",
        claim: "Das Buch entspricht {}; geprüft von {}.",
    },
    Sentences {
        tag: "fr",
        order: "Le texte suit l’ordre de lecture.",
        changeable: "La taille, la police et les couleurs peuvent être modifiées.",
        navigation: "Les titres et la table des matières mènent à chaque partie.",
        pages: "Les pages du livre imprimé sont marquées et listées.",
        no_images: "Il n’y a pas d’images.",
        cover_only: "La seule image est la couverture, qui est décrite.",
        told: "Toutes les images sont décrites par un texte.",
        untold: "Certaines images ne sont pas décrites par un texte.",
        latex: "Les formules sont données en LaTeX.",
        moving: "Il y a des images animées ; on ne sait pas si elles clignotent.",
        claim: "Le livre est conforme à {}, ce que certifie {}.",
    },
    Sentences {
        tag: "es",
        order: "El texto sigue el orden de lectura.",
        changeable: "Se pueden cambiar el tamaño, la letra y los colores.",
        navigation: "Los títulos y el índice llevan a cada parte.",
        pages: "Las páginas del libro impreso están marcadas y listadas.",
        no_images: "No hay imágenes.",
        cover_only: "La única imagen es la cubierta, que está descrita.",
        told: "Todas las imágenes están descritas con palabras.",
        untold: "Algunas imágenes no están descritas con palabras.",
        latex: "Las fórmulas están en LaTeX.",
        moving: "Hay imágenes en movimiento; no se sabe si parpadean.",
        claim: "El libro cumple {}, según certifica {}.",
    },
    Sentences {
        tag: "it",
        order: "Il testo segue l’ordine di lettura.",
        changeable: "Dimensione, carattere e colori si possono cambiare.",
        navigation: "I titoli e l’indice portano a ogni parte.",
        pages: "Le pagine del libro stampato sono segnate ed elencate.",
        no_images: "Non ci sono immagini.",
        cover_only: "L’unica immagine è la copertina, che è descritta.",
        told: "Tutte le immagini sono descritte a parole.",
        untold: "Alcune immagini non sono descritte a parole.",
        latex: "Le formule sono in LaTeX.",
        moving: "Ci sono immagini in movimento; non si sa se lampeggino.",
        claim: "Il libro è conforme a {}, come certifica {}.",
    },
    Sentences {
        tag: "pt",
        order: "O texto segue a ordem de leitura.",
        changeable: "O tamanho, a letra e as cores podem ser alterados.",
        navigation: "Os títulos e o índice levam a cada parte.",
        pages: "As páginas do livro impresso estão marcadas e listadas.",
        no_images: "Não há imagens.",
        cover_only: "A única imagem é a capa, que está descrita.",
        told: "Todas as imagens estão descritas por palavras.",
        untold: "Algumas imagens não estão descritas por palavras.",
        latex: "As fórmulas estão em LaTeX.",
        moving: "Há imagens em movimento; não se sabe se piscam.",
        claim: "O livro cumpre {}, como certifica {}.",
    },
    Sentences {
        tag: "nl",
        order: "De tekst staat in leesvolgorde.",
        changeable: "Grootte, lettertype en kleuren kunnen worden veranderd.",
        navigation: "Koppen en inhoudsopgave leiden naar elk deel.",
        pages: "De pagina’s van het gedrukte boek zijn gemarkeerd en staan in een lijst.",
        no_images: "Er zijn geen afbeeldingen.",
        cover_only: "De enige afbeelding is het omslag; het is beschreven.",
        told: "Alle afbeeldingen zijn in woorden beschreven.",
        untold: "Niet alle afbeeldingen zijn in woorden beschreven.",
        latex: "Formules staan in LaTeX.",
        moving: "Er zijn bewegende beelden; of ze flitsen, is niet bekend.",
        claim: "Het boek voldoet aan {}, zoals vastgesteld door {}.",
    },
    Sentences {
        tag: "sv",
        order: "Texten står i läsordning.",
        changeable: "Storlek, typsnitt och färger kan ändras.",
        navigation: "Rubriker och innehållsförteckning leder till varje del.",
        pages: "Den tryckta bokens sidor är markerade och listade.",
        no_images: "Det finns inga bilder.",
        cover_only: "Den enda bilden är omslaget, som är beskrivet.",
        told: "Alla bilder är beskrivna i ord.",
        untold: "Alla bilder är inte beskrivna i ord.",
        latex: "Formler står i LaTeX.",
        moving: "Det finns rörliga bilder; om de blinkar är inte känt.",
        claim: "Boken uppfyller {}, enligt {}.",
    },
    Sentences {
        tag: "da",
        order: "Teksten står i læserækkefølge.",
        changeable: "Størrelse, skrift og farver kan ændres.",
        navigation: "Overskrifter og indholdsfortegnelse fører til hver del.",
        pages: "Den trykte bogs sider er markeret og opført på en liste.",
        no_images: "Der er ingen billeder.",
        cover_only: "Det eneste billede er omslaget, som er beskrevet.",
        told: "Alle billeder er beskrevet med ord.",
        untold: "Ikke alle billeder er beskrevet med ord.",
        latex: "Formler står i LaTeX.",
        moving: "Der er bevægelige billeder; om de blinker, vides ikke.",
        claim: "Bogen opfylder {}, ifølge {}.",
    },
    Sentences {
        tag: "nb",
        order: "Teksten står i leserekkefølge.",
        changeable: "Størrelse, skrift og farger kan endres.",
        navigation: "Overskrifter og innholdsfortegnelse fører til hver del.",
        pages: "Sidene i den trykte boken er markert og står i en liste.",
        no_images: "Det er ingen bilder.",
        cover_only: "Det eneste bildet er omslaget, som er beskrevet.",
        told: "Alle bilder er beskrevet med ord.",
        untold: "Ikke alle bilder er beskrevet med ord.",
        latex: "Formler står i LaTeX.",
        moving: "Det er bevegelige bilder; om de blinker, er ikke kjent.",
        claim: "Boken oppfyller {}, ifølge {}.",
    },
];

impl Sentences {
    /// Those of a language; English if there are none.
    fn of(lang: &Lang) -> &'static Sentences {
        let tag = match lang.primary().as_str() {
            // Norwegian by its old tag.
            "no" => String::from("nb"),
            tag => tag.to_owned(),
        };
        let found = ALL.iter().find(|sentences| sentences.tag == tag);
        found.unwrap_or(&ALL[0])
    }
}

/// The summary of what `access` claims, and its language: its author's, or these sentences; then the author's note.
pub(super) fn summary(
    access: &Access,
    survey: &Survey,
    said: &Accessibility,
    lang: &Lang,
) -> (String, Lang) {
    let words = Sentences::of(lang);
    let own = words.tag == lang.primary() || lang.primary() == "no";
    let (text, lang) = match &said.summary {
        Some(summary) => (summary.clone(), lang.clone()),
        // A note in the book's language behind English sentences has theirs: one text has one language.
        None if own => (sentences(access, survey, words), lang.clone()),
        None => (sentences(access, survey, words), Lang::default()),
    };
    match &said.note {
        Some(note) => (format!("{text} {note}"), lang),
        None => (text, lang),
    }
}

fn sentences(access: &Access, survey: &Survey, words: &Sentences) -> String {
    let has = |feature: Feature| access.features.contains(&feature);
    let mut out: Vec<&str> = Vec::new();
    let mut say = |so: bool, sentence: &'static str| {
        if so {
            out.push(sentence);
        }
    };
    say(has(Feature::ReadingOrder), words.order);
    say(has(Feature::DisplayTransformability), words.changeable);
    say(
        has(Feature::TableOfContents) && has(Feature::StructuralNavigation),
        words.navigation,
    );
    say(has(Feature::PageNavigation), words.pages);
    let told = has(Feature::AlternativeText);
    say(
        true,
        match (survey.images, survey.cover) {
            (0, false) => words.no_images,
            (0, true) => words.cover_only,
            _ if told => words.told,
            _ => words.untold,
        },
    );
    say(has(Feature::Latex), words.latex);
    say(
        survey.moving && access.hazards == [Hazard::Unknown],
        words.moving,
    );
    let mut out = out.join(" ");
    if let Some(claim) = &access.claim {
        let standard = format!("EPUB Accessibility 1.1, {}", claim.conformance);
        let sentence = words.claim.replacen("{}", &standard, 1);
        out.push(' ');
        out.push_str(&sentence.replacen("{}", &claim.certifier.name, 1));
    }
    out
}
