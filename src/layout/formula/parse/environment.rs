//! Reads what is set in rows of cells: matrices, cases, equations under one another.

use super::{Ends, MathParser};
use crate::layout::formula::tree::{MathNode, RowForm};

impl MathParser<'_> {
    /// What stands between `\begin` and `\end`, from the name on.
    pub(super) fn environment(&mut self) -> Option<MathNode> {
        let name = self.typed_argument()?;
        let fences = match name {
            "pmatrix" => ("(", ")"),
            "bmatrix" => ("[", "]"),
            "Bmatrix" => ("{", "}"),
            "vmatrix" => ("|", "|"),
            "Vmatrix" => ("‖", "‖"),
            "cases" => ("{", ""),
            _ => ("", ""),
        };
        let form = match name {
            "matrix" | "pmatrix" | "bmatrix" | "Bmatrix" | "vmatrix" | "Vmatrix"
            | "smallmatrix" => RowForm::Matrix,
            "cases" => RowForm::Cases,
            "aligned" | "align" | "align*" | "split" | "eqnarray" | "eqnarray*" | "gathered"
            | "gather" | "gather*" | "equation" | "equation*" | "multline" | "multline*" => {
                RowForm::Aligned
            }
            "array" => {
                let columns = self.typed_argument()?;
                let is_plain = columns.chars().all(|c| matches!(c, 'c' | 'l' | 'r' | ' '));
                is_plain.then_some(RowForm::Matrix)?
            }
            _ => return None,
        };
        let rows = self.rows(name)?;
        if rows.len() > 1 && matches!(name, "equation" | "equation*" | "multline" | "multline*") {
            return None;
        }
        let table = MathNode::Rows { form, rows };
        Some(match fences {
            ("", "") => table,
            (open, close) => MathNode::Fenced {
                open: open.to_owned(),
                inner: vec![table],
                close: close.to_owned(),
            },
        })
    }

    /// The rows of cells up to the end of the environment, which is passed over.
    fn rows(&mut self, name: &str) -> Option<Vec<Vec<Vec<MathNode>>>> {
        let mut rows = vec![Vec::new()];
        loop {
            let cell = self.nodes(Ends::Cell)?;
            rows.last_mut()?.push(cell);
            if self.take("&") {
                continue;
            }
            if self.take("\\\\") {
                rows.push(Vec::new());
                // No page may end there; a star after a blank may mean that, or be a sign.
                if !self.take("*") && self.rest().trim_start().starts_with('*') {
                    return None;
                }
                // How much room is left after the row.
                if self.take("[") {
                    let (_, after) = self.rest().split_once(']')?;
                    self.at = self.tex.len() - after.len();
                }
                continue;
            }
            self.take("\\end{").then_some(())?;
            self.take(name).then_some(())?;
            self.take("}").then_some(())?;
            break;
        }
        let is_blank = |row: &Vec<Vec<MathNode>>| row.iter().all(Vec::is_empty);
        if rows.last().is_some_and(is_blank) {
            rows.pop();
        }
        (!rows.is_empty()).then_some(rows)
    }
}
