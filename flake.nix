{
  description = "A terminal reader for footnoted papers";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { self, nixpkgs }:
    let
      systems = [
        "x86_64-linux"
        "aarch64-linux"
        "x86_64-darwin"
        "aarch64-darwin"
      ];
      forAllSystems =
        make: nixpkgs.lib.genAttrs systems (system: make nixpkgs.legacyPackages.${system});
      manifest = (nixpkgs.lib.importTOML ./Cargo.toml).package;
    in
    {
      packages = forAllSystems (pkgs: {
        default = pkgs.rustPlatform.buildRustPackage {
          pname = manifest.name;
          inherit (manifest) version;
          src = self;
          cargoLock.lockFile = ./Cargo.lock;
          buildType = "dist";
          # There is no git directory in a build.
          OPCIT_COMMIT = self.shortRev or "dirty";
          # The tests want a pseudo-terminal and are run by `nix develop -c .ci/run`.
          doCheck = false;
          postInstall = ''
            patchShebangs packaging
            packaging/share $out/bin/opcit $out/share
          '';
          meta = {
            inherit (manifest) description;
            license = with pkgs.lib.licenses; [
              mit
              asl20
            ];
            mainProgram = "opcit";
          };
        };
      });

      devShells = forAllSystems (pkgs: {
        default = pkgs.mkShell {
          packages = with pkgs; [
            cargo
            clippy
            rustc
            rustfmt
          ];
        };
      });
    };
}
