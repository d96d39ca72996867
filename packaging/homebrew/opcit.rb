# The release workflow sets the version, the address and the checksum, and attaches the formula to
# the release. Homebrew installs formulas from taps only: docs/install.md says how.
class Opcit < Formula
  desc "Terminal reader for footnoted papers"
  homepage "@HOMEPAGE@"
  url "@HOMEPAGE@/archive/refs/tags/v@VERSION@.tar.gz"
  sha256 "@SHA256@"
  license any_of: ["MIT", "Apache-2.0"]

  depends_on "rust" => :build

  def install
    system "cargo", "install", "--profile", "dist", *std_cargo_args
    system "packaging/share", bin/"opcit", "target/share"
    bash_completion.install "target/share/bash-completion/completions/opcit"
    zsh_completion.install "target/share/zsh/site-functions/_opcit"
    fish_completion.install "target/share/fish/vendor_completions.d/opcit.fish"
    man1.install Dir["target/share/man/man1/*.1"]
  end

  test do
    (testpath/"paper.md").write "A claim.[^1]\n\n[^1]: Its source.\n"
    assert_match "Its source.", shell_output("#{bin}/opcit notes paper.md")
  end
end
