//! How the paragraphs of a book are counted: the elements that hold words of their own, in the order
//! of the book, whatever becomes of them in the text.

use super::names::is_block;
use crate::formats::markup::{DocumentOrder, NodeId, Tree, WalkEvent};

/// Where the paragraphs of a book begin.
#[derive(Debug)]
pub(crate) struct ParagraphNumbers<'a> {
    order: &'a DocumentOrder,
    /// In steps of a walk, ascending.
    begins: Vec<u32>,
}

impl<'a> ParagraphNumbers<'a> {
    pub(crate) fn new(tree: &Tree, order: &'a DocumentOrder) -> Self {
        let mut begins = Vec::new();
        // Blocks that are open, each with whether it has words of its own.
        let mut open: Vec<(NodeId, bool)> = Vec::new();
        for step in tree.walk(Tree::ROOT) {
            match step {
                WalkEvent::Enter(node) => match tree.text(node) {
                    Some(text) => {
                        if let Some((block, has_words)) = open.last_mut()
                            && !*has_words
                            && !text.trim().is_empty()
                        {
                            *has_words = true;
                            begins.push(order.range(*block).start);
                        }
                    }
                    None if is_block(tree.name(node)) => open.push((node, false)),
                    None => {}
                },
                WalkEvent::Leave(node) => {
                    open.pop_if(|(block, _)| *block == node);
                }
            }
        }
        begins.sort_unstable();
        Self { order, begins }
    }

    /// The number of the paragraph that a node is, or that comes next behind its beginning, from 1.
    pub(crate) fn number(&self, node: NodeId) -> u32 {
        let begin = self.order.range(node).start;
        let before = self.begins.partition_point(|at| *at < begin);
        u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::html::parse::parse;

    #[test]
    fn what_holds_words_of_its_own_is_counted_once_in_the_order_of_the_book() {
        let tree = parse(
            "<body><div> <h1>One</h1> <p>Two<em>, still</em> two</p><ul><li>Three</li>\
             <li><p>Four</p></li></ul><div>Five <p>Six</p> five</div><p> </p>\
             <table><tr><td>Seven</td><td></td><td>Eight</td></tr></table></div></body>",
        );
        let order = DocumentOrder::new(&tree);
        let numbers = ParagraphNumbers::new(&tree, &order);
        let of = |name| -> Vec<u32> {
            let nodes = tree.descendants(Tree::ROOT);
            let named = nodes.filter(|node| tree.name(*node) == name);
            named.map(|node| numbers.number(node)).collect()
        };
        assert_eq!(of("h1"), [1]);
        assert_eq!(of("p"), [2, 4, 6, 7]);
        assert_eq!(of("li"), [3, 4]);
        assert_eq!(of("div"), [1, 5]);
        assert_eq!(of("td"), [7, 8, 8]);
    }
}
