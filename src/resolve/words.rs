//! The few words that recto prints itself, by language: "Chapter 3", "Contents", "Edited by …".
//!
//! In a phrase, `{}` is where the number or the name stands. A language that is not here gets English.

use crate::model::{ChapterRole, ContainerKind, Lang};

macro_rules! languages {
    ($fields:tt $($tag:literal $name:ident $texts:tt)*) => {
        languages!(@struct $fields);

        /// All languages, English first.
        pub static ALL: &[&Words] = &[$(&$name),*];

        $(static $name: Words = languages!(@make $tag {} $fields $texts);)*
    };
    (@struct [$($field:ident)*]) => {
        /// What recto says in one language.
        #[derive(Debug)]
        #[allow(missing_docs, reason = "each is named by its English")]
        pub struct Words {
            /// The language's primary tag, with the script where two differ.
            pub tag: &'static str,
            $(pub $field: &'static str,)*
        }
    };
    (@make $tag:literal {$($done:tt)*} [] []) => { Words { tag: $tag, $($done)* } };
    (@make $tag:literal {$($done:tt)*} [$field:ident $($fields:ident)*] [$text:literal $($texts:literal)*]) => {
        languages!(@make $tag {$($done)* $field: $text,} [$($fields)*] [$($texts)*])
    };
}

languages! {
    [chapter part appendix section figure table
     cover title_page copyright dedication epigraph contents foreword preface acknowledgments introduction
     prologue epilogue afterword conclusion glossary bibliography index notes colophon errata about_author
     note tip important warning caution exercise answer answers
     edited_by translated_by illustrated_by foreword_by introduction_by afterword_by with and published_by
     start back landmarks pages notes_to_page notes_to_pages continued
     description done to_do]
    "en" EN ["Chapter {}" "Part {}" "Appendix {}" "Section {}" "Figure {}" "Table {}"
        "Cover" "Title page" "Copyright" "Dedication" "Epigraph" "Contents" "Foreword" "Preface" "Acknowledgments" "Introduction"
        "Prologue" "Epilogue" "Afterword" "Conclusion" "Glossary" "Bibliography" "Index" "Notes" "Colophon" "Errata" "About the author"
        "Note" "Tip" "Important" "Warning" "Caution" "Exercise" "Answer" "Answers"
        "Edited by {}" "Translated by {}" "Illustrated by {}" "Foreword by {}" "Introduction by {}" "Afterword by {}" "With {}" "and" "Published by {}"
        "Start of the text" "Back to the text" "Landmarks" "Pages" "Notes to page {}" "Notes to pages {}" "{} (continued)"
        "Description" "Done" "To do"]
    "de" DE ["Kapitel {}" "Teil {}" "Anhang {}" "Abschnitt {}" "Abbildung {}" "Tabelle {}"
        "Umschlag" "Titelseite" "Impressum" "Widmung" "Motto" "Inhalt" "Geleitwort" "Vorwort" "Danksagung" "Einleitung"
        "Prolog" "Epilog" "Nachwort" "Schluss" "Glossar" "Literatur" "Register" "Anmerkungen" "Kolophon" "Errata" "Über den Autor"
        "Hinweis" "Tipp" "Wichtig" "Warnung" "Vorsicht" "Übung" "Lösung" "Lösungen"
        "Herausgegeben von {}" "Übersetzt von {}" "Illustriert von {}" "Mit einem Geleitwort von {}" "Mit einer Einleitung von {}" "Mit einem Nachwort von {}" "Mit {}" "und" "Erschienen bei {}"
        "Textbeginn" "Zurück zum Text" "Orientierung" "Seiten" "Anmerkungen zu Seite {}" "Anmerkungen zu den Seiten {}" "{} (Fortsetzung)"
        "Beschreibung" "Erledigt" "Offen"]
    "fr" FR ["Chapitre {}" "Partie {}" "Annexe {}" "Section {}" "Figure {}" "Tableau {}"
        "Couverture" "Page de titre" "Copyright" "Dédicace" "Épigraphe" "Table des matières" "Avant-propos" "Préface" "Remerciements" "Introduction"
        "Prologue" "Épilogue" "Postface" "Conclusion" "Glossaire" "Bibliographie" "Index" "Notes" "Colophon" "Errata" "L’auteur"
        "Note" "Conseil" "Important" "Avertissement" "Attention" "Exercice" "Réponse" "Réponses"
        "Sous la direction de {}" "Traduit par {}" "Illustré par {}" "Avant-propos de {}" "Introduction de {}" "Postface de {}" "Avec {}" "et" "Publié par {}"
        "Début du texte" "Retour au texte" "Repères" "Pages" "Notes de la page {}" "Notes des pages {}" "{} (suite)"
        "Description" "Fait" "À faire"]
    "es" ES ["Capítulo {}" "Parte {}" "Apéndice {}" "Sección {}" "Figura {}" "Tabla {}"
        "Cubierta" "Portada" "Créditos" "Dedicatoria" "Epígrafe" "Índice" "Prólogo" "Prefacio" "Agradecimientos" "Introducción"
        "Prólogo" "Epílogo" "Posfacio" "Conclusión" "Glosario" "Bibliografía" "Índice alfabético" "Notas" "Colofón" "Fe de erratas" "Sobre el autor"
        "Nota" "Consejo" "Importante" "Advertencia" "Precaución" "Ejercicio" "Respuesta" "Respuestas"
        "Edición de {}" "Traducción de {}" "Ilustraciones de {}" "Prólogo de {}" "Introducción de {}" "Posfacio de {}" "Con {}" "y" "Publicado por {}"
        "Comienzo del texto" "Volver al texto" "Puntos de referencia" "Páginas" "Notas de la página {}" "Notas de las páginas {}" "{} (continuación)"
        "Descripción" "Hecho" "Pendiente"]
    "it" IT ["Capitolo {}" "Parte {}" "Appendice {}" "Sezione {}" "Figura {}" "Tabella {}"
        "Copertina" "Frontespizio" "Colophon" "Dedica" "Epigrafe" "Indice" "Premessa" "Prefazione" "Ringraziamenti" "Introduzione"
        "Prologo" "Epilogo" "Postfazione" "Conclusione" "Glossario" "Bibliografia" "Indice analitico" "Note" "Colophon" "Errata corrige" "L’autore"
        "Nota" "Suggerimento" "Importante" "Avvertenza" "Attenzione" "Esercizio" "Risposta" "Risposte"
        "A cura di {}" "Traduzione di {}" "Illustrazioni di {}" "Premessa di {}" "Introduzione di {}" "Postfazione di {}" "Con {}" "e" "Pubblicato da {}"
        "Inizio del testo" "Torna al testo" "Punti di riferimento" "Pagine" "Note a pagina {}" "Note alle pagine {}" "{} (segue)"
        "Descrizione" "Fatto" "Da fare"]
    "pt" PT ["Capítulo {}" "Parte {}" "Apêndice {}" "Secção {}" "Figura {}" "Tabela {}"
        "Capa" "Folha de rosto" "Ficha técnica" "Dedicatória" "Epígrafe" "Índice" "Apresentação" "Prefácio" "Agradecimentos" "Introdução"
        "Prólogo" "Epílogo" "Posfácio" "Conclusão" "Glossário" "Bibliografia" "Índice remissivo" "Notas" "Colofão" "Errata" "Sobre o autor"
        "Nota" "Dica" "Importante" "Aviso" "Cuidado" "Exercício" "Resposta" "Respostas"
        "Organização de {}" "Tradução de {}" "Ilustrações de {}" "Apresentação de {}" "Introdução de {}" "Posfácio de {}" "Com {}" "e" "Publicado por {}"
        "Início do texto" "Voltar ao texto" "Pontos de referência" "Páginas" "Notas da página {}" "Notas das páginas {}" "{} (continuação)"
        "Descrição" "Feito" "Por fazer"]
    "nl" NL ["Hoofdstuk {}" "Deel {}" "Bijlage {}" "Paragraaf {}" "Figuur {}" "Tabel {}"
        "Omslag" "Titelpagina" "Colofon" "Opdracht" "Motto" "Inhoud" "Woord vooraf" "Voorwoord" "Dankwoord" "Inleiding"
        "Proloog" "Epiloog" "Nawoord" "Conclusie" "Woordenlijst" "Bibliografie" "Register" "Noten" "Colofon" "Errata" "Over de auteur"
        "Opmerking" "Tip" "Belangrijk" "Waarschuwing" "Let op" "Oefening" "Antwoord" "Antwoorden"
        "Onder redactie van {}" "Vertaald door {}" "Geïllustreerd door {}" "Woord vooraf van {}" "Inleiding van {}" "Nawoord van {}" "Met {}" "en" "Uitgegeven door {}"
        "Begin van de tekst" "Terug naar de tekst" "Oriëntatiepunten" "Pagina’s" "Noten bij pagina {}" "Noten bij pagina’s {}" "{} (vervolg)"
        "Beschrijving" "Gedaan" "Te doen"]
    "sv" SV ["Kapitel {}" "Del {}" "Bilaga {}" "Avsnitt {}" "Figur {}" "Tabell {}"
        "Omslag" "Titelsida" "Copyright" "Dedikation" "Motto" "Innehåll" "Förord" "Förord" "Tack" "Inledning"
        "Prolog" "Epilog" "Efterord" "Avslutning" "Ordlista" "Litteratur" "Register" "Noter" "Kolofon" "Rättelser" "Om författaren"
        "Anmärkning" "Tips" "Viktigt" "Varning" "Försiktighet" "Övning" "Svar" "Svar"
        "Redigerad av {}" "Översatt av {}" "Illustrerad av {}" "Förord av {}" "Inledning av {}" "Efterord av {}" "Med {}" "och" "Utgiven av {}"
        "Textens början" "Tillbaka till texten" "Riktmärken" "Sidor" "Noter till sidan {}" "Noter till sidorna {}" "{} (forts.)"
        "Beskrivning" "Gjort" "Att göra"]
    "da" DA ["Kapitel {}" "Del {}" "Bilag {}" "Afsnit {}" "Figur {}" "Tabel {}"
        "Omslag" "Titelblad" "Kolofon" "Dedikation" "Motto" "Indhold" "Forord" "Forord" "Tak" "Indledning"
        "Prolog" "Epilog" "Efterord" "Afslutning" "Ordliste" "Litteratur" "Register" "Noter" "Kolofon" "Rettelser" "Om forfatteren"
        "Bemærk" "Tip" "Vigtigt" "Advarsel" "Forsigtig" "Øvelse" "Svar" "Svar"
        "Redigeret af {}" "Oversat af {}" "Illustreret af {}" "Forord af {}" "Indledning af {}" "Efterord af {}" "Med {}" "og" "Udgivet af {}"
        "Tekstens begyndelse" "Tilbage til teksten" "Pejlemærker" "Sider" "Noter til side {}" "Noter til side {}" "{} (fortsat)"
        "Beskrivelse" "Gjort" "Ikke gjort"]
    "nb" NB ["Kapittel {}" "Del {}" "Vedlegg {}" "Avsnitt {}" "Figur {}" "Tabell {}"
        "Omslag" "Tittelside" "Kolofon" "Dedikasjon" "Motto" "Innhold" "Forord" "Forord" "Takk" "Innledning"
        "Prolog" "Epilog" "Etterord" "Avslutning" "Ordliste" "Litteratur" "Register" "Noter" "Kolofon" "Rettelser" "Om forfatteren"
        "Merk" "Tips" "Viktig" "Advarsel" "Forsiktig" "Oppgave" "Svar" "Svar"
        "Redigert av {}" "Oversatt av {}" "Illustrert av {}" "Forord av {}" "Innledning av {}" "Etterord av {}" "Med {}" "og" "Utgitt av {}"
        "Tekstens begynnelse" "Tilbake til teksten" "Landemerker" "Sider" "Noter til side {}" "Noter til side {}" "{} (forts.)"
        "Beskrivelse" "Gjort" "Ikke gjort"]
    "fi" FI ["Luku {}" "Osa {}" "Liite {}" "Kappale {}" "Kuva {}" "Taulukko {}"
        "Kansi" "Nimiösivu" "Tekijänoikeudet" "Omistus" "Motto" "Sisällys" "Esipuhe" "Alkusanat" "Kiitokset" "Johdanto"
        "Prologi" "Epilogi" "Jälkisanat" "Päätelmät" "Sanasto" "Kirjallisuus" "Hakemisto" "Viitteet" "Kolofoni" "Oikaisut" "Kirjoittajasta"
        "Huomautus" "Vihje" "Tärkeää" "Varoitus" "Varo" "Harjoitus" "Vastaus" "Vastaukset"
        "Toimittanut {}" "Suomentanut {}" "Kuvittanut {}" "Esipuhe: {}" "Johdanto: {}" "Jälkisanat: {}" "Mukana {}" "ja" "Kustantaja: {}"
        "Tekstin alku" "Takaisin tekstiin" "Kiintopisteet" "Sivut" "Viitteet sivuun {}" "Viitteet sivuihin {}" "{} (jatkuu)"
        "Kuvaus" "Tehty" "Tekemättä"]
    "pl" PL ["Rozdział {}" "Część {}" "Dodatek {}" "Podrozdział {}" "Rysunek {}" "Tabela {}"
        "Okładka" "Strona tytułowa" "Prawa autorskie" "Dedykacja" "Motto" "Spis treści" "Słowo wstępne" "Przedmowa" "Podziękowania" "Wstęp"
        "Prolog" "Epilog" "Posłowie" "Zakończenie" "Słowniczek" "Bibliografia" "Indeks" "Przypisy" "Kolofon" "Errata" "O autorze"
        "Uwaga" "Wskazówka" "Ważne" "Ostrzeżenie" "Przestroga" "Ćwiczenie" "Odpowiedź" "Odpowiedzi"
        "Redakcja: {}" "Przekład: {}" "Ilustracje: {}" "Słowo wstępne: {}" "Wstęp: {}" "Posłowie: {}" "Współpraca: {}" "i" "Wydawca: {}"
        "Początek tekstu" "Powrót do tekstu" "Punkty orientacyjne" "Strony" "Przypisy do strony {}" "Przypisy do stron {}" "{} (cd.)"
        "Opis" "Zrobione" "Do zrobienia"]
    "cs" CS ["Kapitola {}" "Část {}" "Příloha {}" "Oddíl {}" "Obrázek {}" "Tabulka {}"
        "Obálka" "Titulní strana" "Tiráž" "Věnování" "Motto" "Obsah" "Slovo úvodem" "Předmluva" "Poděkování" "Úvod"
        "Prolog" "Epilog" "Doslov" "Závěr" "Slovníček" "Literatura" "Rejstřík" "Poznámky" "Kolofon" "Errata" "O autorovi"
        "Poznámka" "Tip" "Důležité" "Varování" "Pozor" "Cvičení" "Řešení" "Řešení"
        "Uspořádání: {}" "Překlad: {}" "Ilustrace: {}" "Předmluva: {}" "Úvod: {}" "Doslov: {}" "Spolupráce: {}" "a" "Vydavatel: {}"
        "Začátek textu" "Zpět k textu" "Orientační body" "Strany" "Poznámky ke straně {}" "Poznámky ke stranám {}" "{} (pokračování)"
        "Popis" "Hotovo" "Zbývá"]
    "hu" HU ["{}. fejezet" "{}. rész" "{}. függelék" "{}. szakasz" "{}. ábra" "{}. táblázat"
        "Borító" "Címlap" "Impresszum" "Ajánlás" "Mottó" "Tartalom" "Ajánló" "Előszó" "Köszönetnyilvánítás" "Bevezetés"
        "Prológus" "Epilógus" "Utószó" "Befejezés" "Szójegyzék" "Irodalom" "Tárgymutató" "Jegyzetek" "Kolofon" "Hibajegyzék" "A szerzőről"
        "Megjegyzés" "Tipp" "Fontos" "Figyelmeztetés" "Vigyázat" "Feladat" "Megoldás" "Megoldások"
        "Szerkesztette: {}" "Fordította: {}" "Illusztrálta: {}" "Az előszót írta: {}" "A bevezetést írta: {}" "Az utószót írta: {}" "Közreműködött: {}" "és" "Kiadta: {}"
        "A szöveg kezdete" "Vissza a szöveghez" "Tájékozódási pontok" "Oldalak" "Jegyzetek a(z) {}. oldalhoz" "Jegyzetek a(z) {}. oldalhoz" "{} (folytatás)"
        "Leírás" "Kész" "Teendő"]
    "tr" TR ["Bölüm {}" "Kısım {}" "Ek {}" "Kesim {}" "Şekil {}" "Tablo {}"
        "Kapak" "Başlık sayfası" "Telif hakkı" "İthaf" "Epigraf" "İçindekiler" "Sunuş" "Önsöz" "Teşekkür" "Giriş"
        "Prolog" "Epilog" "Sonsöz" "Sonuç" "Sözlükçe" "Kaynakça" "Dizin" "Notlar" "Kolofon" "Düzeltmeler" "Yazar hakkında"
        "Not" "İpucu" "Önemli" "Uyarı" "Dikkat" "Alıştırma" "Yanıt" "Yanıtlar"
        "Yayına hazırlayan: {}" "Çeviren: {}" "Resimleyen: {}" "Sunuş: {}" "Giriş: {}" "Sonsöz: {}" "Katkıda bulunan: {}" "ve" "Yayımlayan: {}"
        "Metnin başı" "Metne dön" "Yer işaretleri" "Sayfalar" "Notlar, sayfa {}" "Notlar, sayfa {}" "{} (devam)"
        "Açıklama" "Yapıldı" "Yapılacak"]
    "ru" RU ["Глава {}" "Часть {}" "Приложение {}" "Раздел {}" "Рисунок {}" "Таблица {}"
        "Обложка" "Титульный лист" "Выходные данные" "Посвящение" "Эпиграф" "Содержание" "Вступительное слово" "Предисловие" "Благодарности" "Введение"
        "Пролог" "Эпилог" "Послесловие" "Заключение" "Глоссарий" "Литература" "Указатель" "Примечания" "Колофон" "Опечатки" "Об авторе"
        "Примечание" "Совет" "Важно" "Предупреждение" "Осторожно" "Упражнение" "Ответ" "Ответы"
        "Под редакцией: {}" "Перевод: {}" "Иллюстрации: {}" "Вступительное слово: {}" "Введение: {}" "Послесловие: {}" "При участии: {}" "и" "Издательство: {}"
        "Начало текста" "Назад к тексту" "Ориентиры" "Страницы" "Примечания к странице {}" "Примечания к страницам {}" "{} (продолжение)"
        "Описание" "Выполнено" "Не выполнено"]
    "uk" UK ["Розділ {}" "Частина {}" "Додаток {}" "Підрозділ {}" "Рисунок {}" "Таблиця {}"
        "Обкладинка" "Титульна сторінка" "Вихідні дані" "Присвята" "Епіграф" "Зміст" "Вступне слово" "Передмова" "Подяки" "Вступ"
        "Пролог" "Епілог" "Післямова" "Висновки" "Глосарій" "Література" "Покажчик" "Примітки" "Колофон" "Виправлення" "Про автора"
        "Примітка" "Порада" "Важливо" "Попередження" "Обережно" "Вправа" "Відповідь" "Відповіді"
        "За редакцією: {}" "Переклад: {}" "Ілюстрації: {}" "Вступне слово: {}" "Вступ: {}" "Післямова: {}" "За участі: {}" "і" "Видавництво: {}"
        "Початок тексту" "Назад до тексту" "Орієнтири" "Сторінки" "Примітки до сторінки {}" "Примітки до сторінок {}" "{} (продовження)"
        "Опис" "Виконано" "Не виконано"]
    "el" EL ["Κεφάλαιο {}" "Μέρος {}" "Παράρτημα {}" "Ενότητα {}" "Εικόνα {}" "Πίνακας {}"
        "Εξώφυλλο" "Σελίδα τίτλου" "Πνευματικά δικαιώματα" "Αφιέρωση" "Μότο" "Περιεχόμενα" "Προλογικό σημείωμα" "Πρόλογος" "Ευχαριστίες" "Εισαγωγή"
        "Πρόλογος" "Επίλογος" "Επίμετρο" "Συμπεράσματα" "Γλωσσάρι" "Βιβλιογραφία" "Ευρετήριο" "Σημειώσεις" "Κολοφώνας" "Παροράματα" "Για τον συγγραφέα"
        "Σημείωση" "Συμβουλή" "Σημαντικό" "Προειδοποίηση" "Προσοχή" "Άσκηση" "Απάντηση" "Απαντήσεις"
        "Επιμέλεια: {}" "Μετάφραση: {}" "Εικονογράφηση: {}" "Πρόλογος: {}" "Εισαγωγή: {}" "Επίμετρο: {}" "Με τη συμμετοχή: {}" "και" "Εκδόσεις: {}"
        "Αρχή του κειμένου" "Επιστροφή στο κείμενο" "Σημεία αναφοράς" "Σελίδες" "Σημειώσεις στη σελίδα {}" "Σημειώσεις στις σελίδες {}" "{} (συνέχεια)"
        "Περιγραφή" "Έγινε" "Εκκρεμεί"]
    "ar" AR ["الفصل {}" "الجزء {}" "الملحق {}" "القسم {}" "الشكل {}" "الجدول {}"
        "الغلاف" "صفحة العنوان" "حقوق النشر" "الإهداء" "مقتبس" "المحتويات" "تقديم" "تمهيد" "شكر وتقدير" "مقدمة"
        "استهلال" "خاتمة" "كلمة ختامية" "استنتاج" "مسرد" "المراجع" "الفهرس" "الحواشي" "بيانات الطبع" "تصويبات" "عن المؤلف"
        "ملاحظة" "نصيحة" "مهم" "تحذير" "تنبيه" "تمرين" "الإجابة" "الإجابات"
        "تحرير: {}" "ترجمة: {}" "رسوم: {}" "تقديم: {}" "مقدمة: {}" "كلمة ختامية: {}" "بمشاركة: {}" "و" "الناشر: {}"
        "بداية النص" "العودة إلى النص" "معالم" "الصفحات" "حواشي الصفحة {}" "حواشي الصفحات {}" "{} (تابع)"
        "وصف" "تم" "لم يتم"]
    "fa" FA ["فصل {}" "بخش {}" "پیوست {}" "قسمت {}" "شکل {}" "جدول {}"
        "جلد" "صفحهٔ عنوان" "حق نشر" "تقدیم" "سرنوشت" "فهرست" "پیش‌درآمد" "پیشگفتار" "سپاسگزاری" "مقدمه"
        "درآمد" "مؤخره" "پس‌گفتار" "نتیجه‌گیری" "واژه‌نامه" "کتاب‌نامه" "نمایه" "یادداشت‌ها" "شناسنامه" "غلط‌نامه" "دربارهٔ نویسنده"
        "یادداشت" "نکته" "مهم" "هشدار" "احتیاط" "تمرین" "پاسخ" "پاسخ‌ها"
        "ویراستار: {}" "مترجم: {}" "تصویرگر: {}" "پیش‌درآمد: {}" "مقدمه: {}" "پس‌گفتار: {}" "با همکاری: {}" "و" "ناشر: {}"
        "آغاز متن" "بازگشت به متن" "نشانه‌ها" "صفحه‌ها" "یادداشت‌های صفحهٔ {}" "یادداشت‌های صفحه‌های {}" "{} (ادامه)"
        "شرح" "انجام شد" "انجام نشده"]
    "he" HE ["פרק {}" "חלק {}" "נספח {}" "סעיף {}" "איור {}" "טבלה {}"
        "כריכה" "דף השער" "זכויות יוצרים" "הקדשה" "מוטו" "תוכן העניינים" "פתח דבר" "הקדמה" "תודות" "מבוא"
        "פרולוג" "אפילוג" "אחרית דבר" "סיכום" "מילון מונחים" "ביבליוגרפיה" "מפתח" "הערות" "קולופון" "תיקוני טעויות" "על המחבר"
        "הערה" "עצה" "חשוב" "אזהרה" "זהירות" "תרגיל" "תשובה" "תשובות"
        "עריכה: {}" "תרגום: {}" "איורים: {}" "פתח דבר: {}" "מבוא: {}" "אחרית דבר: {}" "בהשתתפות: {}" "ו" "הוצאה לאור: {}"
        "תחילת הטקסט" "חזרה לטקסט" "ציוני דרך" "עמודים" "הערות לעמוד {}" "הערות לעמודים {}" "{} (המשך)"
        "תיאור" "בוצע" "לביצוע"]
    "hi" HI ["अध्याय {}" "भाग {}" "परिशिष्ट {}" "अनुभाग {}" "चित्र {}" "तालिका {}"
        "आवरण" "शीर्षक पृष्ठ" "प्रकाशनाधिकार" "समर्पण" "सूक्ति" "विषय-सूची" "प्राक्कथन" "प्रस्तावना" "आभार" "भूमिका"
        "आमुख" "उपसंहार" "पश्चकथन" "निष्कर्ष" "शब्दावली" "ग्रंथ-सूची" "अनुक्रमणिका" "टिप्पणियाँ" "पुष्पिका" "शुद्धिपत्र" "लेखक के बारे में"
        "टिप्पणी" "सुझाव" "महत्वपूर्ण" "चेतावनी" "सावधान" "अभ्यास" "उत्तर" "उत्तर"
        "संपादक: {}" "अनुवादक: {}" "चित्रकार: {}" "प्राक्कथन: {}" "भूमिका: {}" "पश्चकथन: {}" "सहयोग: {}" "और" "प्रकाशक: {}"
        "पाठ का आरंभ" "पाठ पर लौटें" "मुख्य स्थल" "पृष्ठ" "पृष्ठ {} की टिप्पणियाँ" "पृष्ठ {} की टिप्पणियाँ" "{} (जारी)"
        "विवरण" "पूर्ण" "शेष"]
    "zh" ZH ["第{}章" "第{}部分" "附录{}" "第{}节" "图{}" "表{}"
        "封面" "书名页" "版权页" "献辞" "题词" "目录" "序" "前言" "致谢" "引言"
        "楔子" "尾声" "后记" "结语" "术语表" "参考文献" "索引" "注释" "版本记录" "勘误" "关于作者"
        "注意" "提示" "重要" "警告" "小心" "练习" "答案" "答案"
        "{} 编" "{} 译" "{} 绘" "{} 序" "{} 导言" "{} 后记" "{} 参与" "、" "{} 出版"
        "正文开始" "返回正文" "导航" "页码" "第{}页注释" "第{}页注释" "{}（续）"
        "说明" "已完成" "未完成"]
    "zh-Hant" ZH_HANT ["第{}章" "第{}部" "附錄{}" "第{}節" "圖{}" "表{}"
        "封面" "書名頁" "版權頁" "獻詞" "題詞" "目錄" "序" "前言" "致謝" "引言"
        "楔子" "尾聲" "後記" "結語" "術語表" "參考文獻" "索引" "註釋" "版本記錄" "勘誤" "關於作者"
        "注意" "提示" "重要" "警告" "小心" "練習" "答案" "答案"
        "{} 編" "{} 譯" "{} 繪" "{} 序" "{} 導言" "{} 後記" "{} 參與" "、" "{} 出版"
        "正文開始" "返回正文" "導覽" "頁碼" "第{}頁註釋" "第{}頁註釋" "{}（續）"
        "說明" "已完成" "未完成"]
    "ja" JA ["第{}章" "第{}部" "付録{}" "{}節" "図{}" "表{}"
        "表紙" "扉" "奥付" "献辞" "題辞" "目次" "序文" "まえがき" "謝辞" "はじめに"
        "プロローグ" "エピローグ" "あとがき" "おわりに" "用語集" "参考文献" "索引" "注" "奥書" "正誤表" "著者について"
        "注記" "ヒント" "重要" "警告" "注意" "練習問題" "解答" "解答"
        "{} 編" "{} 訳" "{} 絵" "{} 序文" "{} 解説" "{} あとがき" "{} 協力" "、" "{} 発行"
        "本文" "本文に戻る" "ランドマーク" "ページ" "{}ページの注" "{}ページの注" "{}（続き）"
        "説明" "完了" "未完了"]
    "ko" KO ["제{}장" "제{}부" "부록 {}" "{}절" "그림 {}" "표 {}"
        "표지" "속표지" "판권" "헌사" "제사" "차례" "추천사" "머리말" "감사의 말" "들어가며"
        "프롤로그" "에필로그" "후기" "맺음말" "용어집" "참고 문헌" "찾아보기" "주" "간기" "정오표" "지은이 소개"
        "참고" "팁" "중요" "경고" "주의" "연습 문제" "해답" "해답"
        "{} 엮음" "{} 옮김" "{} 그림" "{} 추천사" "{} 서문" "{} 후기" "{} 참여" "," "{} 펴냄"
        "본문 시작" "본문으로 돌아가기" "길잡이" "쪽" "{}쪽의 주" "{}쪽의 주" "{} (계속)"
        "설명" "완료" "미완료"]
}

impl Words {
    /// The words of a language; English where the language is not known here.
    pub fn of(lang: &Lang) -> &'static Words {
        let traditional = lang.script() == Some("Hant")
            || (lang.script().is_none()
                && matches!(lang.region().as_deref(), Some("TW" | "HK" | "MO")));
        let primary = match lang.primary().as_str() {
            "zh" if traditional => "zh-Hant".to_owned(),
            "no" | "nn" => "nb".to_owned(),
            primary => primary.to_owned(),
        };
        ALL.iter()
            .find(|words| words.tag == primary)
            .copied()
            .unwrap_or(&EN)
    }

    /// The name of a chapter of this role; `None` for a plain chapter, which has none.
    pub fn role(&self, role: ChapterRole) -> Option<&'static str> {
        use ChapterRole as R;
        Some(match role {
            R::Chapter | R::Part | R::Other | R::Appendix | R::HalfTitle => return None,
            R::Cover => self.cover,
            R::TitlePage => self.title_page,
            R::Copyright => self.copyright,
            R::Dedication => self.dedication,
            R::Epigraph => self.epigraph,
            R::Contents => self.contents,
            R::Foreword => self.foreword,
            R::Preface => self.preface,
            R::Acknowledgments => self.acknowledgments,
            R::Introduction => self.introduction,
            R::Prologue => self.prologue,
            R::Epilogue => self.epilogue,
            R::Afterword => self.afterword,
            R::Conclusion => self.conclusion,
            R::Glossary => self.glossary,
            R::Bibliography => self.bibliography,
            R::Index => self.index,
            R::Notes => self.notes,
            R::Colophon => self.colophon,
            R::Errata => self.errata,
            R::AboutTheAuthor => self.about_author,
        })
    }

    /// The title of a container that has none of its own; `None` for those that need none.
    pub fn container(&self, kind: ContainerKind) -> Option<&'static str> {
        use ContainerKind as K;
        match kind {
            K::Note => Some(self.note),
            K::Tip => Some(self.tip),
            K::Important => Some(self.important),
            K::Warning => Some(self.warning),
            K::Caution => Some(self.caution),
            K::Exercise => Some(self.exercise),
            K::Answer => Some(self.answer),
            K::Description => Some(self.description),
            _ => None,
        }
    }

    /// "Edited by Ada Lind": what someone did, by MARC relator code, with all who did it.
    pub fn credit(&self, role: &str, names: &[&str]) -> String {
        let phrase = match role {
            "edt" => self.edited_by,
            "trl" => self.translated_by,
            "ill" => self.illustrated_by,
            "aui" => self.foreword_by,
            "win" => self.introduction_by,
            "aft" => self.afterword_by,
            _ => self.with,
        };
        phrase.replace("{}", &self.list(names))
    }

    /// Names in a row: `Ada Lind, Jo Berg and Li Wei`.
    pub fn list(&self, names: &[&str]) -> String {
        match names {
            [] => String::new(),
            [one] => (*one).to_owned(),
            [first @ .., last] if self.and.chars().all(char::is_alphabetic) => {
                // Hebrew and Arabic write their "and" at the next word.
                let space = if matches!(self.tag, "he" | "ar") {
                    ""
                } else {
                    " "
                };
                format!("{} {}{space}{last}", first.join(", "), self.and)
            }
            all if self.and == "," => all.join(", "),
            all => all.join(self.and),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_have_their_gap() {
        for words in ALL {
            for phrase in [
                words.chapter,
                words.part,
                words.appendix,
                words.section,
                words.figure,
                words.table,
                words.edited_by,
                words.translated_by,
                words.illustrated_by,
                words.foreword_by,
                words.introduction_by,
                words.afterword_by,
                words.with,
                words.published_by,
                words.continued,
                words.notes_to_page,
                words.notes_to_pages,
            ] {
                assert_eq!(phrase.matches("{}").count(), 1, "{}: {phrase}", words.tag);
            }
        }
    }

    #[test]
    fn languages_are_found_by_tag_and_script() {
        let of = |tag| Words::of(&Lang::new(tag).unwrap()).tag;
        assert_eq!(of("de-AT"), "de");
        assert_eq!(of("zh-TW"), "zh-Hant");
        assert_eq!(of("zh-Hans-TW"), "zh");
        assert_eq!(of("nn"), "nb");
        assert_eq!(of("eo"), "en");
        let english = Words::of(&Lang::default());
        assert_eq!(english.list(&["A", "B", "C"]), "A, B and C");
        assert_eq!(english.credit("trl", &["A"]), "Translated by A");
    }
}
