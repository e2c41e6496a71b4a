//! A desk: an empty home, a screen, a session bus and a keyring, all of our own, where Relais can be opened.
//!
//! Invariant: two desks share nothing, nothing of the person's own session is touched, and everything started
//! here ends with the desk. Left out on purpose: a window manager, so a window's size is its content's.

use std::{
    fs::{self, File},
    io::{BufRead, BufReader, Write},
    net::TcpListener,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use tempfile::TempDir;

use super::window::Window;

/// Nothing on one machine takes longer, even with two cores under load.
pub const PATIENCE: Duration = Duration::from_secs(40);

/// What keeps secrets on this desk.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Keyring {
    /// A gnome-keyring, unlocked as it is after a normal login.
    Unlocked,
    Missing,
}

/// A program that ends with its owner.
pub struct Running(pub Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself: then there is nothing to kill, only to reap.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

pub struct Desk {
    // Programs first: they are stopped before their folder goes.
    _programs: Vec<Running>,
    folder: TempDir,
    display: String,
    bus: String,
    /// 1, or 2 for what a person sees at 200 %.
    scale: u32,
    /// How far the clock of its programs stands ahead of the machine's.
    minutes_ahead: u32,
    log: PathBuf,
}

impl Desk {
    /// Sets the desk up. Its programs write what they have to say to `target/desktop/NAME.log`.
    pub fn new(name: &str, keyring: Keyring, scale: u32) -> Desk {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let logs = build_folder()
            .parent()
            .expect("target/debug has a parent")
            .join("desktop");
        fs::create_dir_all(&logs).expect("target/desktop can be made");
        let log = logs.join(format!("{name}.log"));
        File::create(&log).expect("the log can be begun");
        let mut desk = Desk {
            _programs: Vec::new(),
            folder,
            display: String::new(),
            bus: String::new(),
            scale,
            minutes_ahead: 0,
            log,
        };
        for inside in ["home", "run", "bin"] {
            fs::create_dir(desk.folder.path().join(inside)).expect("the folder is ours");
        }
        // Whatever is opened outside the window is only noted.
        let opener = desk.folder.path().join("bin/xdg-open");
        fs::write(
            &opener,
            "#!/bin/sh\nprintf '%s\\n' \"$1\" >> \"$HOME/opened\"\n",
        )
        .and_then(|()| fs::set_permissions(&opener, fs::Permissions::from_mode(0o755)))
        .expect("the folder is ours");
        fs::set_permissions(desk.runtime(), fs::Permissions::from_mode(0o700))
            .expect("the folder is ours");

        let pixels = desk.runtime().to_string_lossy().into_owned();
        let screen = [
            "-displayfd",
            "1",
            // The screen and the file of its pixels outlive the last window.
            "-noreset",
            "-fbdir",
            &pixels,
            // A pointer that turns while something loads would be in every picture.
            "-nocursor",
            "-screen",
            "0",
            "1600x1000x24",
            "-nolisten",
            "tcp",
        ];
        let number = desk.start_and_read("Xvfb", &screen);
        desk.display = format!(":{number}");
        let rules = desk.folder.path().join("bus.conf");
        // No folder of services: nothing starts by itself on this bus, so a missing keyring stays missing.
        let text = format!(
            "<busconfig><type>session</type><listen>unix:tmpdir={}</listen><auth>EXTERNAL</auth><policy context=\"default\"><allow send_destination=\"*\" eavesdrop=\"true\"/><allow eavesdrop=\"true\"/><allow own=\"*\"/></policy></busconfig>",
            desk.runtime().display()
        );
        fs::write(&rules, text).expect("the folder is ours");
        let rules = format!("--config-file={}", rules.display());
        desk.bus = desk.start_and_read("dbus-daemon", &[&rules, "--nofork", "--print-address=1"]);
        if keyring == Keyring::Unlocked {
            desk.unlock_keyring();
        }
        desk
    }

    /// The home of the person who sits here.
    pub fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// Where Relais keeps its data on this desk.
    pub fn data(&self) -> PathBuf {
        self.home().join("relais")
    }

    /// The file where Xvfb keeps the pixels of this desk's screen, as an X window dump.
    pub fn framebuffer(&self) -> PathBuf {
        self.runtime().join("Xvfb_screen0")
    }

    pub fn scale(&self) -> u32 {
        self.scale
    }

    pub fn log(&self) -> &Path {
        &self.log
    }

    /// Opens the application's window.
    pub async fn open(&self) -> Window {
        Window::open(self).await
    }

    /// Runs a headless command on the same data; gives its exit code and what it printed.
    pub fn relais(&self, arguments: &[&str]) -> (i32, String) {
        let output = self
            .command(&application().to_string_lossy())
            .arg("--data")
            .arg(self.data())
            .args(arguments)
            .output()
            .expect("the application starts");
        let text = [output.stdout, output.stderr].concat();
        (
            output.status.code().unwrap_or(-1),
            String::from_utf8_lossy(&text).into_owned(),
        )
    }

    /// Time passes while nothing runs: what is started from now on sees a later clock, and nobody waits.
    pub fn minutes_pass(&mut self, minutes: u32) {
        self.minutes_ahead += minutes;
    }

    /// A program that sees this desk and nothing else of the machine's session.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .env("PATH", self.path())
            .env("HOME", self.home())
            .env("XDG_RUNTIME_DIR", self.runtime())
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .env("GDK_BACKEND", "x11")
            .env("GDK_SCALE", self.scale.to_string())
            .env("LANG", "C.UTF-8")
            .env("TZ", "Europe/Paris")
            .env("NO_AT_BRIDGE", "1")
            .env("LIBGL_ALWAYS_SOFTWARE", "1")
            .env("NO_PROXY", "127.0.0.1,localhost")
            .stdin(Stdio::null());
        if self.minutes_ahead > 0 {
            // The loader puts the machine's own folder of libraries in place of $LIB.
            command
                .env("LD_PRELOAD", "/usr/$LIB/faketime/libfaketimeMT.so.1")
                .env("FAKETIME", format!("+{}m", self.minutes_ahead))
                .env("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                .env("NO_FAKE_STAT", "1");
        }
        command
    }

    /// Our own opener first, then the machine's programs.
    fn path(&self) -> std::ffi::OsString {
        let others = std::env::var_os("PATH").unwrap_or_default();
        let folders =
            std::iter::once(self.folder.path().join("bin")).chain(std::env::split_paths(&others));
        std::env::join_paths(folders).expect("a temporary folder's name has no colon")
    }

    /// What was opened in the person's own programs, in order.
    pub fn opened(&self) -> Vec<PathBuf> {
        let noted = fs::read_to_string(self.home().join("opened")).unwrap_or_default();
        noted.lines().map(PathBuf::from).collect()
    }

    /// Where programs of this desk write what they have to say.
    pub fn log_file(&self) -> File {
        File::options()
            .append(true)
            .open(&self.log)
            .expect("the log was begun")
    }

    fn runtime(&self) -> PathBuf {
        self.folder.path().join("run")
    }

    /// Starts a program that says on one line, once it is ready, how to reach it.
    fn start_and_read(&mut self, program: &str, arguments: &[&str]) -> String {
        let mut child = self
            .command(program)
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(self.log_file())
            .spawn()
            .unwrap_or_else(|cause| panic!("{program} does not start ({cause}): run `cargo xtask test desktop`, which installs it"));
        let mut line = String::new();
        let mut said = BufReader::new(child.stdout.take().expect("its output is piped"));
        said.read_line(&mut line).expect("its output can be read");
        assert!(
            !line.is_empty(),
            "{program} ended without a word: see {}",
            self.log.display()
        );
        self._programs.push(Running(child));
        line.trim().to_owned()
    }

    /// Starts the keyring, unlocked as after a login, with the keyrings already in this home.
    pub fn unlock_keyring(&mut self) {
        let mut child = self
            .command("gnome-keyring-daemon")
            .args(["--foreground", "--unlock", "--components=secrets"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(self.log_file())
            .spawn()
            .unwrap_or_else(|cause| panic!("gnome-keyring-daemon does not start ({cause}): run `cargo xtask test desktop`, which installs it"));
        // The password of the login keyring, which is created with it; closing the pipe ends it.
        let mut input = child.stdin.take().expect("its input is piped");
        input.write_all(b"test").expect("it reads the password");
        drop(input);
        self._programs.push(Running(child));
        let question = [
            "--session",
            "--print-reply",
            "--dest=org.freedesktop.DBus",
            "/org/freedesktop/DBus",
            "org.freedesktop.DBus.NameHasOwner",
            "string:org.freedesktop.secrets",
        ];
        wait_until("the keyring is on the bus", || {
            let answer = self
                .command("dbus-send")
                .args(question)
                .output()
                .expect("dbus-send comes with dbus");
            String::from_utf8_lossy(&answer.stdout).contains("boolean true")
        });
    }
}

/// Looks again until it is so; fails with what was waited for.
pub fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(
            Instant::now() < deadline,
            "waited {} s in vain until {what}",
            PATIENCE.as_secs()
        );
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A port that nobody listens on.
pub fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
    listener.local_addr().expect("it is bound").port()
}

/// The application as `cargo build --workspace --bin relais` leaves it.
pub fn application() -> PathBuf {
    let program = build_folder().join("relais");
    assert!(
        program.is_file(),
        "{} is not there: build it with `cargo build --workspace --bin relais`, or run `cargo xtask test desktop`",
        program.display()
    );
    program
}

/// `target/debug`, found from this very program, which is inside it.
fn build_folder() -> PathBuf {
    let here = std::env::current_exe().expect("this program has a path");
    let folder = here.parent().expect("it is in a folder");
    let folder = if folder.ends_with("deps") {
        folder.parent().expect("deps is inside")
    } else {
        folder
    };
    folder.to_path_buf()
}
