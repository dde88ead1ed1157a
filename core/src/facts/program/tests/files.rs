//! Programs that make, move and remove files.

use super::check;

#[test]
fn removal_tells_recursion_and_force() {
    check(
        r##"
        rm -rf build => rm; delete-rf build
        rm -fr "$HOME" => rm; delete-rf $HOME
        rm --recursive --force / => rm; delete-rf /
        rm --rec --fo x => rm; delete-rf x
        rm -r -- -f => rm; delete-r -f
        rm a b => rm; delete a; delete b
        rm -i * => rm; delete *
        rm * => rm; delete *
        rmdir a => rmdir; delete a
        unlink a => unlink; delete a
        shred -u a => shred; write a; delete-f a
        "##,
    );
}

#[test]
fn copies_moves_and_links_touch_both_ends() {
    check(
        r##"
        truncate -s 0 a => truncate; write a
        touch a -r b => touch; list b; write a
        mkdir -p a/b => mkdir; write a/b
        mv a b => mv; write b; read a; delete a; write b/a
        mv a b dir/
        => mv; write dir/; read a; delete a; read b; delete b; write dir//a; write dir//b
        mv -t dir a b
        => mv; write dir; read a; delete a; read b; delete b; write dir/a; write dir/b
        cp a b => cp; read a; write b; write b/a
        cp -r src dst => cp; read src; write dst; write dst/src
        cp evil.yml w/ => cp; read evil.yml; write w/; write w//evil.yml
        cp *.rs dst => cp; read *.rs; write dst; write dst/*.rs; dynamic
        cp -t dst a b => cp; write dst; read a; read b; write dst/a; write dst/b
        cp --target=dst a => cp; write dst; read a; write dst/a
        install -m 4755 a b => install; read a; write b; write b/a; !raises_privilege
        install -d a b => install; read a; write b; write a; write b
        ln -s .github/workflows w => ln; write w; either .github/workflows; write w/workflows
        ln -s ../.env sub/x
        => ln; write sub/x; either ../.env; either sub/../.env; write sub/x/.env
        ln -s /etc/passwd
        => ln; write /etc/passwd; write .; either /etc/passwd; either /etc/passwd
        ln a b => ln; write b; either a; write b/a
        "##,
    );
}

#[test]
fn devices_modes_and_archives_are_told() {
    check(
        r##"
        dd if=/dev/sda of=x bs=1M => dd; read /dev/sda; write x; !opens_device
        dd of=/dev/sda if=x => dd; write /dev/sda; read x; !opens_device
        dd weird=1 => dd; dynamic
        chmod u+s ./x => chmod; write ./x; !changes_permissions; !raises_privilege
        chmod 4755 x => chmod; write x; !changes_permissions; !raises_privilege
        chmod 0755 x => chmod; write x; !changes_permissions
        chmod +x x => chmod; write x; !changes_permissions
        chmod -R a-w,g+rX x => chmod; write x; !changes_permissions
        chmod -x a => chmod; write a; !changes_permissions
        chmod 2755 x => chmod; write x; !changes_permissions; !raises_privilege
        chown root x => chown; write x; !changes_permissions
        setfacl -m u:x:r a => setfacl; write a; !changes_permissions
        tar czf out.tgz src => tar; write out.tgz; read src
        tar -xzf a.tgz => tar; read a.tgz; write .
        tar xf a.tgz -C dst => tar; read a.tgz; write dst; in dst
        tar -C dst -xf a.tgz => tar; read a.tgz; write dst; in dst
        tar --to-command='sh x' -xf a => tar; read a; write .; script sh x
        tar cf a --checkpoint=1 --checkpoint-action=exec='touch x' .
        => tar; write a; read .; script touch x
        tar -I 'zstd -T0' -cf a b => tar; write a; read b; run+ zstd -T0
        tar --use-compress-prog=./evil -cf a b => tar; write a; read b; run+ ./evil
        tar -tf a.tgz => tar; read a.tgz
        tar xOf a.tgz f => tar; read a.tgz
        tar -cf host:a b => tar; write host:a; read b; remote host:a; !runs_remotely
        tar --remove-files -cf a b => tar; write a; read b; delete-rf b
        tar -F 'touch x' -cf a b => tar; write a; read b; script touch x
        zip -r a.zip src => zip; write a.zip; read src
        zip -T -TT 'touch x' a.zip b => zip; write touch x; read a.zip; read b; script touch x
        zip a.zip b -TT 'touch x' => zip; write a.zip; read b; read touch x; script touch x
        zip -m a.zip b => zip; write a.zip; read b; delete-rf b
        unzip a.zip => unzip; read a.zip; write .
        unzip -l a.zip => unzip; read a.zip
        unzip a.zip -d out => unzip; write out; read a.zip
        gzip a => gzip; read a; write a
        gzip -c a => gzip; read a
        gunzip -k a.gz => gunzip; read a.gz; write a.gz
        patch -p1 -i a.diff => patch; read a.diff; write .; dynamic
        patch a a.diff => patch; write a; read a.diff
        rsync -av src/ host:dst => rsync; read src/; remote host:dst; !sends_data
        rsync -a --delete src/ dst/ => rsync; read src/; write dst/; delete-rf dst/
        rsync -e 'ssh -p 1' a b:c => rsync; read a; run+ ssh -p 1; remote b:c; !sends_data
        ed a => ed; either a; input; !feeds_interpreter; !opens_interactive
        vim -c ':!ls' a => vim; either a; !opens_interactive; dynamic
        echo x => echo
        mkfifo p => mkfifo; write p
        mknod d b 8 0 => mknod; write d; !opens_device
        cp .env x => cp; read .env; write x; write x/.env
        cp x/.env . => cp; read x/.env; write .; write ./.env
        mv .env y => mv; write y; read .env; delete .env; write y/.env
        cat /dev/sda => cat; read /dev/sda; !opens_device
        tee /dev/null => tee
        cat /proc/1/environ => cat; read /proc/1/environ
        git status => git status
        "##,
    );
}
