//! A PDF of many pages, as plain as can be.

use std::fmt::Write;

/// What stands on a page of it, and on no other. Figures would make it the head of the page.
pub(crate) fn words_of(page: usize) -> String {
    let names = [
        "nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    let figures = page.to_string();
    let figures = figures
        .bytes()
        .map(|figure| names[usize::from(figure - b'0')]);
    format!("{} is the page", figures.collect::<Vec<_>>().join(" "))
}

/// A PDF of so many pages, each of three lines.
pub(crate) fn long_pdf(pages: usize) -> Vec<u8> {
    let kids: String = (0..pages)
        .map(|page| format!("{} 0 R ", 2 * page + 4))
        .collect();
    let mut pdf = format!(
        "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n\
         2 0 obj\n<</Type/Pages/Count {pages}/Kids[{kids}]/MediaBox[0 0 400 600]\
         /Resources<</Font<</F 3 0 R>>>>>>\nendobj\n\
         3 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\nendobj\n"
    );
    for page in 0..pages {
        let (object, words) = (2 * page + 4, words_of(page + 1));
        let text = format!(
            "BT /F 12 Tf 50 500 Td (Here {words} on which nothing else stands,) Tj \
             0 -15 Td (and with a second line that is about as long) Tj \
             0 -15 Td (as the first.) Tj ET"
        );
        // Nothing can fail to be written into a string.
        let _ = write!(
            pdf,
            "{object} 0 obj\n<</Type/Page/Parent 2 0 R/Contents {} 0 R>>\nendobj\n\
             {} 0 obj\n<</Length {}>>\nstream\n{text}\nendstream\nendobj\n",
            object + 1,
            object + 1,
            text.len()
        );
    }
    pdf.push_str("trailer\n<</Root 1 0 R>>\n%%EOF\n");
    pdf.into_bytes()
}
