//! The program as a job of a shell: being stopped and called back.

use nix::unistd::{Pid, getpgrp, getppid, getsid};
use rustix::process::{Signal, kill_current_process_group};
use signal_hook::consts::SIGTSTP;
use signal_hook::low_level::emulate_default_handler;

/// What the kernel shows of a process that was started from outside of the container that this one
/// runs in.
const OUTSIDE: Pid = Pid::from_raw(0);

/// Whether somebody could call the program back: a shell that runs it as a job. A program that
/// a terminal window has started directly would be stopped for good, which is why the kernel
/// ignores a request to stop there (POSIX speaks of an orphaned process group).
pub(super) fn can_be_suspended() -> bool {
    let Ok(session) = getsid(None) else {
        return false;
    };
    let parents_session = match getppid() {
        OUTSIDE => None,
        parent => getsid(Some(parent)).ok(),
    };
    is_a_shells_job(getpgrp(), session, parents_session)
}

/// Whether a process of this group and session is a job of its parent: in a group of its own, and
/// in the parent's session. A session that is led from outside cannot be told from another one.
fn is_a_shells_job(group: Pid, session: Pid, parents_session: Option<Pid>) -> bool {
    group != session && session != OUTSIDE && parents_session == Some(session)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(group: i32, session: i32, parents_session: Option<i32>) -> bool {
        let pid = Pid::from_raw;
        is_a_shells_job(pid(group), pid(session), parents_session.map(pid))
    }

    #[test]
    fn a_job_has_a_group_of_its_own_in_the_session_of_its_shell() {
        assert!(check(30, 20, Some(20)));
        assert!(!check(30, 30, Some(20)), "leads a session");
        assert!(!check(30, 20, Some(10)), "was left by its shell");
        assert!(!check(30, 20, None), "has no parent in sight");
    }

    #[test]
    fn in_a_container_the_shell_may_be_out_of_reach() {
        assert!(!check(0, 0, Some(0)));
        assert!(!check(30, 0, Some(0)));
        assert!(!check(30, 30, Some(0)));
        assert!(check(30, 20, Some(20)));
    }
}
