//! The question before an address, or an image, is opened.

use ratatui::buffer::Buffer;

use super::{Overlay, Response};
use crate::reader::action::{Action, ClickTarget, Effect, Notice};
use crate::reader::app::App;
use crate::reader::draw::{ClickMap, address};
use crate::reader::keys::keymap::Context;
use crate::reader::link::{self, Openable};

/// An address that is opened on a yes.
#[derive(Debug)]
pub(crate) struct AddressQuestion {
    pub(crate) address: String,
    /// What is opened, or why that cannot be.
    pub(crate) openable: Result<Openable, String>,
}

impl AddressQuestion {
    pub(crate) fn new(address: String, openable: Result<Openable, String>) -> Self {
        AddressQuestion { address, openable }
    }

    /// What is asked.
    pub(crate) fn title(&self) -> &'static str {
        if link::is_image(&self.address) {
            "Open this image?"
        } else {
            "Open this address?"
        }
    }

    fn confirm(&self, app: &mut App) -> Response {
        match &self.openable {
            Ok(openable) => {
                app.request(Effect::Open(openable.address.clone()));
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
        address::draw(app, self, buffer, clicks);
    }

    fn can_do(&self, action: &Action, _: &App) -> bool {
        *action != Action::Confirm || self.openable.is_ok()
    }
}
