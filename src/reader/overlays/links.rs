//! The list of links of a note or a paragraph that has several.

use super::{Overlay, Response};
use crate::paper::Target;
use crate::reader::action::{Action, Notice};
use crate::reader::app::App;
use crate::reader::keys::keymap::Context;
use crate::reader::link;
use crate::reader::overlays::list::{List, ListRow, RowTarget};

/// Links by number.
#[derive(Debug)]
pub(crate) struct LinkList(List);

impl LinkList {
    /// Follows the only link, or opens a list of several; `none` is said where there is none.
    pub(crate) fn follow_or_open(app: &mut App, targets: &[Target], none: &str) -> Response {
        match targets {
            [] => {
                app.notify(Notice::plain(none));
                Response::Consumed
            }
            [target] => Response::GoTo(RowTarget::Link(target.clone())),
            several => {
                let rows = several.iter().enumerate().map(|(index, target)| ListRow {
                    detail: (index + 1).to_string(),
                    ..ListRow::new(
                        link::name(app.open.document.paper(), target),
                        RowTarget::Link(target.clone()),
                    )
                });
                let mut list = List::new("Links", rows.collect(), 0);
                list.invitation = "type to filter, or a link's number".into();
                Response::open(LinkList(list))
            }
        }
    }
}

impl Overlay for LinkList {
    fn context(&self) -> Context {
        Context::List
    }

    fn handle(&mut self, action: &Action, app: &mut App) -> Response {
        let is_number = action
            .text()
            .is_some_and(|text| self.0.select_numbered(&text));
        if is_number {
            self.0.hear_and_go(&Action::Follow, app)
        } else {
            self.0.hear_and_go(action, app)
        }
    }

    fn list(&self) -> Option<&List> {
        Some(&self.0)
    }
}
