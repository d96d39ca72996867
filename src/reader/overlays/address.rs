//! The question before an address is opened.

use ratatui::buffer::Buffer;

use super::{Overlay, Response};
use crate::reader::action::{Action, ClickTarget, Effect, Notice};
use crate::reader::app::App;
use crate::reader::draw::{ClickMap, address};
use crate::reader::keys::keymap::Context;
use crate::reader::link;

/// An address that is opened on a yes.
#[derive(Debug)]
pub(crate) struct AddressQuestion {
    pub(crate) address: String,
}

impl AddressQuestion {
    fn confirm(&self, app: &mut App) -> Response {
        match link::check_beside(&self.address, app.open.document.folder()) {
            Ok(openable) => {
                app.request(Effect::Open(openable.address));
                return Response::Close;
            }
            Err(why) => app.notify(Notice::warning(format!(
                "not opened: {why}; {{address/copy}} copies it"
            ))),
        }
        Response::Consumed
    }

    fn copy(&self, app: &mut App) -> Response {
        app.copy(Some(self.address.clone()), "the address");
        Response::Close
    }
}

impl Overlay for AddressQuestion {
    fn context(&self) -> Context {
        Context::Address
    }

    fn handle(&mut self, action: &Action, app: &mut App) -> Response {
        match action {
            Action::Confirm => self.confirm(app),
            Action::Copy => self.copy(app),
            Action::Click(ClickTarget::Inside | ClickTarget::Row(_)) => Response::Consumed,
            Action::Close | Action::Click(_) => Response::Close,
            _ => Response::Ignored,
        }
    }

    fn draw(&self, app: &App, buffer: &mut Buffer, clicks: &mut ClickMap) {
        address::draw(app, &self.address, buffer, clicks);
    }

    fn can_do(&self, action: &Action, app: &App) -> bool {
        let is_opened = || link::check_beside(&self.address, app.open.document.folder()).is_ok();
        *action != Action::Confirm || is_opened()
    }
}
