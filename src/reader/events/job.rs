//! The program as a job of a shell: being stopped and called back.

use rustix::process::{Signal, getpgrp, getppid, getsid, kill_current_process_group};
use signal_hook::consts::SIGTSTP;
use signal_hook::low_level::emulate_default_handler;

/// Whether somebody could call the program back: a shell that runs it as a job. A program that
/// a terminal window has started directly would be stopped for good, which is why the kernel
/// ignores a request to stop there (POSIX speaks of an orphaned process group).
pub(super) fn can_be_suspended() -> bool {
    let Ok(session) = getsid(None) else {
        return false;
    };
    let is_job = getpgrp() != session;
    let parent_is_near = getppid().is_some_and(|parent| getsid(Some(parent)) == Ok(session));
    is_job && parent_is_near
}

/// Asks the whole job to stop, as the terminal does when Ctrl-Z is pressed outside raw mode:
/// a script around the program must stop as well, or its shell would wait for ever.
pub(super) fn ask_for_suspension() -> bool {
    kill_current_process_group(Signal::TSTP).is_ok()
}

/// Stops the program; returns when it is called back.
pub(super) fn stop() {
    // Fails only for a signal that it does not know.
    let _ = emulate_default_handler(SIGTSTP);
}
